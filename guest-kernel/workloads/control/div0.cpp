// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// Division by zero. A negative control: #DE is an exception that KVM leaves to the guest.

#include "arch/instructions.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

void step(std::uint64_t) {
    arch::divide_by_zero();
}

constexpr Price price(const Subject&) {
    return {};
}

constexpr Workload div0 = checked({
    .name = "div0",
    .summary = "DIV by zero with a #DE handler",
    .why = "KVM does not intercept #DE",
    .source = "Linux vmx/vmx.c, vmx_update_exception_bitmap(); svm/svm.c, init_vmcb()",
    .group = Group::control,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(div0);

}  // namespace

}  // namespace exitscope::workloads
