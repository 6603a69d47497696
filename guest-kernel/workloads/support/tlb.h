// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// INVLPG and INVPCID: KVM has to see them only where the TLB is filled from its shadow page tables.

#include <string_view>

#include "arch/control_register.h"
#include "workloads/names.h"

namespace exitscope::workloads {

/// The cost of `count` times INVLPG under shadow paging.
[[nodiscard]] constexpr Cost invlpg_of_shadow(const Subject& subject, std::uint32_t count = 1) {
    return {subject.reason(VmxExitReason::invlpg, SvmExitReason::invlpg), count};
}

[[nodiscard]] constexpr Price invlpg_price(const Subject& subject) {
    if (subject.paging == Paging::two_dimensional)
        return {};
    return {.each = {invlpg_of_shadow(subject)}};
}

[[nodiscard]] constexpr Price invpcid_price(const Subject& subject) {
    if (subject.paging == Paging::two_dimensional)
        return {};
    return {.each = {{subject.reason(VmxExitReason::invpcid, SvmExitReason::invpcid)}}};
}

[[nodiscard]] constexpr std::string_view skip_without_invpcid(const Subject& subject) {
    return subject.cpu.has(CpuFeature::invpcid) ? "" : "the CPU has no INVPCID (CPUID.7:EBX bit 10)";
}

}  // namespace exitscope::workloads
