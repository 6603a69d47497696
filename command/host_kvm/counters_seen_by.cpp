// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "exit_counters.h"
#include "host_kvm/kvm_probe.h"
#include "model/coursework_layout.h"

namespace exitscope::command::host_kvm {

namespace {

/// Source: public course patches of 2020 to 2023; what stands for a reason that the manual does not define.
constexpr model::CpuidResult undefined{0, 0, 0, EXIT_COUNTERS_UNDEFINED_EDX};

bool grows(const GuestCpuid& cpuid, std::uint32_t leaf) {
    const auto first = cpuid(leaf, 0);
    const auto second = cpuid(leaf, 0);
    return first && second && static_cast<std::int32_t>(second->eax - first->eax) > 0;
}

}  // namespace

std::string counters_seen_by(const GuestCpuid& cpuid) {
    if (cpuid(EXIT_COUNTERS_LEAF_SIGNATURE, 0) ==
        model::CpuidResult{EXIT_COUNTERS_LEAF_TOTAL, EXIT_COUNTERS_SIGNATURE_EBX, EXIT_COUNTERS_SIGNATURE_ECX,
                           EXIT_COUNTERS_SIGNATURE_EDX})
        return "exitscope";
    for (const auto reason : model::undefined_reasons) {
        for (const auto& layout : model::coursework_layouts) {
            if (cpuid(layout.reason_leaf, reason) == undefined &&
                cpuid(layout.reason_cycles_leaf, reason) == undefined && grows(cpuid, layout.total_leaf))
                return std::string{layout.name};
        }
    }
    return {};
}

}  // namespace exitscope::command::host_kvm
