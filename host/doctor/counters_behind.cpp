// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <array>

#include "doctor/kvm_probe.h"
#include "exit_counters.h"

namespace exitscope::doctor {

namespace {

/// Source: public course patches of 2020 to 2023; a reason that the manual does not define is answered so.
constexpr CpuidAnswer undefined{0, 0, 0, EXIT_COUNTERS_UNDEFINED_EDX};
constexpr std::uint32_t undefined_reason = 0xffff'ffff;

struct Layout {
    const char* name;
    std::uint32_t total;
    std::uint32_t reason;
    /// The same leaf as `reason` where there is none.
    std::uint32_t reason_cycles;
};

constexpr std::array layouts{
    Layout{"layout-a", 0x4fff'ffff, 0x4fff'fffe, 0x4fff'fffe},
    Layout{"layout-b", 0x4fff'ffff, 0x4fff'fffd, 0x4fff'fffc},
    Layout{"layout-c", 0x4fff'fffc, 0x4fff'fffe, 0x4fff'ffff},
};

bool grows(const GuestCpuid& cpuid, std::uint32_t leaf) {
    const auto first = cpuid(leaf, 0);
    const auto second = cpuid(leaf, 0);
    return first && second && static_cast<std::int32_t>(second->eax - first->eax) > 0;
}

}  // namespace

std::string counters_behind(const GuestCpuid& cpuid) {
    if (cpuid(EXIT_COUNTERS_LEAF_SIGNATURE, 0) ==
        CpuidAnswer{EXIT_COUNTERS_LEAF_TOTAL, EXIT_COUNTERS_SIGNATURE_EBX, EXIT_COUNTERS_SIGNATURE_ECX,
                    EXIT_COUNTERS_SIGNATURE_EDX})
        return "exitscope";
    for (const auto& layout : layouts) {
        if (cpuid(layout.reason, undefined_reason) == undefined &&
            cpuid(layout.reason_cycles, undefined_reason) == undefined && grows(cpuid, layout.total))
            return layout.name;
    }
    return {};
}

}  // namespace exitscope::doctor
