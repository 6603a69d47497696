// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// INVPCID of everything, global pages included: shadow paging must see it, two-dimensional paging need not.

#include "arch/control_register.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

std::string_view skip_reason(const Subject& subject) {
    return subject.cpu.has(CpuFeature::invpcid) ? "" : "the CPU has no INVPCID (CPUID.7:EBX bit 10)";
}

void step(std::uint64_t) {
    arch::invpcid(arch::InvpcidType::all_with_global, nullptr);
}

constexpr Price price(const Subject& subject) {
    if (subject.paging == Paging::two_dimensional)
        return {};
    return {.each = {{subject.reason(VmxExitReason::invpcid, SvmExitReason::invpcid)}}};
}

constexpr Workload invpcid_all = checked({
    .name = "invpcid_all",
    .summary = "INVPCID of everything, global pages included",
    .why = "as INVLPG: KVM has to see it only where the TLB is of its own shadow tables",
    .source = "Intel SDM Vol. 3C, Enable INVPCID; Linux svm/svm.c, svm_recalc_instruction_intercepts()",
    .group = Group::paging,
    .skip_reason = skip_reason,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(invpcid_all);

}  // namespace

}  // namespace exitscope::workloads
