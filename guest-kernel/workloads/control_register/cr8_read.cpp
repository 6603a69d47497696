// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// MOV from CR8: both instruction sets keep the task priority where the guest can read it.

#include "arch/control_register.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

void step(std::uint64_t) {
    static_cast<void>(arch::read_cr8());
}

constexpr Price price(const Subject&) {
    return {};
}

constexpr Workload cr8_read = checked({
    .name = "cr8_read",
    .summary = "MOV from CR8",
    .why = "VMX: TPR shadow; SVM: the VMCB's V_TPR, and KVM sets no intercept",
    .source = "Intel SDM Vol. 3C, Use TPR shadow; Linux svm/svm.c, init_vmcb()",
    .group = Group::control_register,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(cr8_read);

}  // namespace

}  // namespace exitscope::workloads
