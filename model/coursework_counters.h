// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What the leaves of a course patch count, found out by reading them. Nothing is taken for granted: public
// patches leave leaves out, answer undefined reasons with zeros, or count an exit twice.

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "model/coursework_layout.h"
#include "model/cpuid_result.h"
#include "model/exit_reason.h"

namespace exitscope::model {

/// Counts can be read with a total and counts by reason only; what is missing stands in `problem`.
struct CourseworkCounters {
    std::string_view name{};
    std::uint32_t total_leaf = 0;
    std::uint32_t reason_leaf = 0;
    InstructionSet isa = InstructionSet::unknown;
    /// Why what is there does not do, and the leaf that is there; empty where no leaf counts.
    std::string_view problem{};
    std::uint32_t problem_leaf = 0;
    /// What is not as the assignments want it, and does not change a count; empty where all is.
    std::string_view undefined_remark{};
    std::string_view cycles_remark{};

    [[nodiscard]] constexpr bool found() const { return reason_leaf != 0 && total_leaf != 0; }
};

/// How much EAX grows from one reading of a leaf to the next. Others' exits make a step larger, where the
/// counters are those of all VMs of the host; the smallest is one CPUID's.
struct Growth {
    std::uint32_t smallest = ~std::uint32_t{0};
    std::uint32_t largest = 0;
};

template <typename Cpuid>
[[nodiscard]] constexpr Growth growth_of(const Cpuid& cpuid, std::uint32_t leaf, std::uint32_t number) {
    constexpr int steps = 3;
    Growth growth;
    std::uint32_t before = cpuid(leaf, number).eax;
    for (int step = 0; step < steps; ++step) {
        const std::uint32_t after = cpuid(leaf, number).eax;
        growth.smallest = std::min(growth.smallest, after - before);
        growth.largest = std::max(growth.largest, after - before);
        before = after;
    }
    return growth;
}

/// The instruction set under whose number of CPUID a leaf counts each CPUID `times` times.
template <typename Cpuid>
[[nodiscard]] constexpr InstructionSet counts_cpuid(const Cpuid& cpuid, std::uint32_t leaf,
                                                    std::uint32_t times) {
    for (const auto isa : {InstructionSet::vmx, InstructionSet::svm}) {
        if (growth_of(cpuid, leaf, cpuid_reason(isa)).smallest == times)
            return isa;
    }
    return InstructionSet::unknown;
}

/// Writes what differs from the assignments and does no harm.
template <typename Cpuid>
constexpr void remark(const Cpuid& cpuid, std::uint32_t cycles_leaf, CourseworkCounters& counters) {
    constexpr CpuidResult wanted{0, 0, 0, 0xffff'ffff};
    const auto reason = undefined_reason(counters.isa);
    const auto undefined = cpuid(counters.reason_leaf, reason);
    if (undefined == CpuidResult{})
        counters.undefined_remark = "undefined reasons are answered with zeros, not with EDX = 0xffffffff";
    else if (!(undefined == wanted))
        counters.undefined_remark =
            "undefined reasons are answered with neither zeros nor EDX = 0xffffffff alone";
    if (cycles_leaf == 0 || cpuid(cycles_leaf, reason) == wanted)
        return;
    const auto before = cpuid(cycles_leaf, cpuid_reason(counters.isa));
    if (cpuid(cycles_leaf, cpuid_reason(counters.isa)) == before)
        counters.cycles_remark = "no leaf has the cycles by reason";
}

/// Reads the leaves, at most 30 times each. `cpuid(leaf, subleaf)` returns a CpuidResult and is one exit.
///
/// A leaf that grows with each CPUID, whatever the number in ECX, has a total. One that grows so under the
/// number of CPUID's exit reason only counts by reason. A stock KVM may return the data of its highest basic
/// leaf for any of them, which does not grow.
template <typename Cpuid>
[[nodiscard]] constexpr CourseworkCounters find_coursework_counters(const Cpuid& cpuid) {
    CourseworkCounters counters;
    std::uint32_t twice = 0;
    for (const std::uint32_t leaf : coursework_leaves) {
        const auto still = growth_of(cpuid, leaf, still_reason);
        if (still.smallest == 1 && counters.total_leaf == 0)
            counters.total_leaf = leaf;
        if (still.smallest == 2)
            twice = leaf;
        if (still.largest != 0)
            continue;
        const auto isa = counts_cpuid(cpuid, leaf, 1);
        if (isa != InstructionSet::unknown && counters.reason_leaf == 0) {
            counters.reason_leaf = leaf;
            counters.isa = isa;
        } else if (isa == InstructionSet::unknown &&
                   counts_cpuid(cpuid, leaf, 2) != InstructionSet::unknown) {
            twice = leaf;
        }
    }
    if (counters.found()) {
        counters.name = other_layout;
        std::uint32_t cycles_leaf = 0;
        for (const auto& layout : coursework_layouts) {
            if (layout.total_leaf == counters.total_leaf && layout.reason_leaf == counters.reason_leaf) {
                counters.name = layout.name;
                cycles_leaf = layout.reason_cycles_leaf;
            }
        }
        remark(cpuid, cycles_leaf, counters);
        return counters;
    }
    if (twice != 0) {
        counters.problem = "each CPUID is counted twice";
        counters.problem_leaf = twice;
    } else if (counters.total_leaf != 0) {
        counters.problem = "a total, but no counts by reason";
        counters.problem_leaf = counters.total_leaf;
    } else if (counters.reason_leaf != 0) {
        counters.problem = "counts by reason, but no total";
        counters.problem_leaf = counters.reason_leaf;
    }
    return counters;
}

}  // namespace exitscope::model
