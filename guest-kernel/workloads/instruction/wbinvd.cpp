// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// WBINVD: KVM has nothing to do for it unless a device with non-coherent DMA is assigned.

#include "arch/instructions.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

void step(std::uint64_t) {
    arch::wbinvd();
}

constexpr Price price(const Subject& subject) {
    return {.each = {{subject.reason(VmxExitReason::wbinvd, SvmExitReason::wbinvd)}}};
}

constexpr Workload wbinvd = checked({
    .name = "wbinvd",
    .summary = "WBINVD",
    .why = "KVM always asks for this exit, in case that a device is assigned",
    .source =
        "Linux x86.c, kvm_emulate_wbinvd(); vmx/vmx.c, vmx_secondary_exec_control(); svm/svm.c, init_vmcb()",
    .group = Group::instruction,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(wbinvd);

}  // namespace

}  // namespace exitscope::workloads
