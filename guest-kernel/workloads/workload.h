// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// A workload: one guest operation, done a fixed number of times, and what it must cost.

#include <cstdint>
#include <string_view>

#include "core/expected.h"
#include "core/noise.h"
#include "core/subject.h"

namespace exitscope {

/// The order of the report.
enum class Group : std::uint8_t { canary, port, msr, interrupt, paging };

/// Describes a workload; it does not know that it is measured.
struct Workload {
    std::string_view name;
    std::string_view summary;
    Group group = Group::canary;
    Interrupts interrupts = Interrupts::off;
    /// Why this subject cannot run it; empty if it can. Optional.
    std::string_view (*skip_reason)(const Subject& subject) = nullptr;
    /// Does what is not the subject of the measurement; answers what is missing, empty if nothing. Optional.
    std::string_view (*prepare)(std::uint64_t iterations) = nullptr;
    /// Does the operation exactly `iterations` times.
    void (*run)(std::uint64_t iterations) = nullptr;
    /// The exact exits of `run(iterations)`.
    Expected (*expected)(const Subject& subject, std::uint64_t iterations) = nullptr;
};

namespace detail {

// Declared, never defined: the compiler prints the sentence where a descriptor breaks the rule.
void workload_name_must_be_lower_snake_case();
void workload_must_have_a_summary();
void workload_must_have_a_loop_and_an_oracle();

}  // namespace detail

/// Checks a descriptor while compiling.
consteval Workload checked(Workload workload) {
    bool good_name = !workload.name.empty() && workload.name.front() >= 'a' && workload.name.front() <= 'z';
    for (const char character : workload.name) {
        const bool lower = character >= 'a' && character <= 'z';
        const bool digit = character >= '0' && character <= '9';
        good_name = good_name && (lower || digit || character == '_');
    }
    if (!good_name)
        detail::workload_name_must_be_lower_snake_case();
    if (workload.summary.empty())
        detail::workload_must_have_a_summary();
    if (workload.run == nullptr || workload.expected == nullptr)
        detail::workload_must_have_a_loop_and_an_oracle();
    return workload;
}

}  // namespace exitscope

/// Places a workload in the set that the runner reads; linker/guest.lds refuses an empty set.
#define REGISTER_WORKLOAD(workload)                                                                         \
    extern "C"                                                                                              \
        [[gnu::used,                                                                                        \
          gnu::section(                                                                                     \
              "exitscope_workloads")]] constinit const ::exitscope::Workload* const registered_##workload = \
            &(workload)
