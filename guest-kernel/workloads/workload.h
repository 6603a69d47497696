// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// A workload: one guest operation, done a fixed number of times, and what it must cost.

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "workloads/names.h"

namespace exitscope::workloads {

/// The order of the report.
enum class Group : std::uint8_t {
    canary,
    control,  ///< Instructions that must not exit.
    instruction,
    port,
    msr,
    control_register,
    debug_register,
    interrupt,
    paging,
    mmio,
    multiprocessor,
    nested,  ///< The guest is a hypervisor, with a guest of its own.
};

[[nodiscard]] constexpr std::string_view name_of(Group group) {
    constexpr std::string_view names[] = {
        "canary",           "control",        "instruction", "port",   "msr",
        "control_register", "debug_register", "interrupt",   "paging", "mmio",
        "multiprocessor",   "nested"};
    return names[static_cast<std::size_t>(group)];
}

/// The most iterations that a run may ask for.
inline constexpr std::uint64_t most_iterations = 5000;

namespace detail {

// Declared, never defined: the compiler prints the sentence where a descriptor breaks the rule.
void workload_name_must_be_lower_snake_case();
void workload_must_have_a_summary();
void workload_must_say_why_and_name_its_source();
void workload_has_a_todo_left();
void workload_text_must_fit_into_a_record();
void workload_must_have_a_step_and_a_price();

consteval void check_text(std::string_view text) {
    if (text.find("TODO") != std::string_view::npos)
        workload_has_a_todo_left();
    if (text.find_first_of("\"\n") != std::string_view::npos)
        workload_text_must_fit_into_a_record();
}

}  // namespace detail

/// Describes a workload; it does not know that it is measured.
///
/// The functions are called in the order of their declaration; `prepare`, `step` and `finish` for each window
/// anew.
struct Workload {
    std::string_view name;
    /// What one step does.
    std::string_view summary;
    /// Why that costs what it costs, in one sentence, and the source of that.
    std::string_view why;
    std::string_view source;
    Group group = Group::canary;
    Interrupts interrupts = Interrupts::off;
    /// True where noise can cause exits that are not noise. Then only a window without noise counts.
    bool quiet = false;
    /// Fewer than asked for, where each step is slow or uses up something.
    std::uint64_t max_iterations = most_iterations;
    /// Returns why this subject cannot run it; empty if it can. Optional.
    std::string_view (*skip_reason)(const Subject& subject) = nullptr;
    /// Does what is not the subject of the measurement; returns what is missing, empty if nothing. Optional.
    std::string_view (*prepare)(std::uint64_t iterations) = nullptr;
    /// Does the operation once; `index` counts from 0.
    void (*step)(std::uint64_t index) = nullptr;
    /// Puts back what `prepare` and the steps changed. Optional.
    void (*finish)() = nullptr;
    /// Returns the exact exits of the steps, on the vCPU that does them.
    Price (*price)(const Subject& subject) = nullptr;
    /// The same for all vCPUs together, where others take part. Optional.
    Price (*vm_price)(const Subject& subject) = nullptr;
};

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
    for (const auto text : {workload.summary, workload.why, workload.source})
        detail::check_text(text);
    if (workload.summary.empty())
        detail::workload_must_have_a_summary();
    if (workload.why.empty() || workload.source.empty())
        detail::workload_must_say_why_and_name_its_source();
    if (workload.step == nullptr || workload.price == nullptr)
        detail::workload_must_have_a_step_and_a_price();
    return workload;
}

}  // namespace exitscope::workloads

/// Places a workload in the set that the runner reads; linker/guest.lds refuses an empty set.
#define REGISTER_WORKLOAD(workload)                                                                     \
    extern "C"                                                                                          \
        [[gnu::used,                                                                                    \
          gnu::section("exitscope_workloads")]] constinit const ::exitscope::workloads::Workload* const \
            registered_##workload = &(workload)
