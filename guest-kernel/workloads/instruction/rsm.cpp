// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// RSM outside system management mode: #UD on VMX, an intercept of its own on SVM, after which KVM injects
// #UD.

#include "arch/instructions.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

void step(std::uint64_t) {
    arch::rsm();
}

constexpr Price price(const Subject& subject) {
    return {.each = {{subject.reason(VmxExitReason::exception_nmi, SvmExitReason::rsm)}}};
}

constexpr Workload rsm = checked({
    .name = "rsm",
    .summary = "RSM outside system management mode",
    .why = "VMX: #UD, which KVM intercepts; SVM: KVM intercepts RSM itself, before the #UD",
    .source =
        "Linux svm/svm.c, rsm_interception(); emulate.c, em_rsm(); vmx/vmx.c, vmx_update_exception_bitmap()",
    .group = Group::instruction,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(rsm);

}  // namespace

}  // namespace exitscope::workloads
