// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// GETSEC while CR4.SMXE is clear: #UD comes before its own exit, for which KVM has no handler.

#include "arch/vmx_instructions.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

void step(std::uint64_t) {
    arch::getsec(0);
}

constexpr Price price(const Subject& subject) {
    return {.each = {{subject.reason(VmxExitReason::exception_nmi, SvmExitReason::excp_ud)}}};
}

constexpr Workload getsec = checked({
    .name = "getsec",
    .summary = "GETSEC with CR4.SMXE clear",
    .why = "without SMXE it is #UD, on SVM it is no instruction; KVM intercepts #UD",
    .source =
        "Intel SDM Vol. 2, GETSEC; Linux vmx/vmx.c, vmx_update_exception_bitmap(); svm/svm.c, init_vmcb()",
    .group = Group::instruction,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(getsec);

}  // namespace

}  // namespace exitscope::workloads
