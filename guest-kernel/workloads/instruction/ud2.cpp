// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// UD2. KVM intercepts #UD to emulate what the CPU lacks, and injects it where there is nothing to emulate.

#include "arch/instructions.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

void step(std::uint64_t) {
    arch::ud2();
}

constexpr Price price(const Subject& subject) {
    return {.each = {{subject.reason(VmxExitReason::exception_nmi, SvmExitReason::excp_ud)}}};
}

constexpr Workload ud2 = checked({
    .name = "ud2",
    .summary = "UD2 with a #UD handler",
    .why = "KVM intercepts #UD, finds nothing to emulate and injects it",
    .source = "Linux x86.c, handle_ud(); vmx/vmx.c, vmx_update_exception_bitmap(); svm/svm.c, init_vmcb()",
    .group = Group::instruction,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(ud2);

}  // namespace

}  // namespace exitscope::workloads
