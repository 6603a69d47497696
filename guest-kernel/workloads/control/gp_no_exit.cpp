// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// A read at a non-canonical address. A negative control: #GP is an exception that KVM leaves to the guest.

#include "arch/instructions.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

void step(std::uint64_t) {
    arch::read_non_canonical();
}

constexpr Price price(const Subject&) {
    return {};
}

constexpr Workload gp_no_exit = checked({
    .name = "gp_no_exit",
    .summary = "read at a non-canonical address with a #GP handler",
    .why = "KVM intercepts #GP only for the VMware backdoor and for an AMD erratum of nested guests",
    .source = "Linux vmx/vmx.c, vmx_update_exception_bitmap(); svm/svm.c, init_vmcb()",
    .group = Group::control,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(gp_no_exit);

}  // namespace

}  // namespace exitscope::workloads
