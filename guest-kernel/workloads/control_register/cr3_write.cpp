// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// MOV to CR3 of the value that it has: shadow paging must see it, two-dimensional paging need not.

#include "arch/root_table.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

void step(std::uint64_t) {
    arch::reload_cr3();
}

constexpr Price price(const Subject& subject) {
    if (subject.paging == Paging::two_dimensional)
        return {};
    return {.each = {{subject.reason(VmxExitReason::cr_access, SvmExitReason::cr3_write), 1, "cr:3"}}};
}

constexpr Workload cr3_write = checked({
    .name = "cr3_write",
    .summary = "MOV to CR3, the same value",
    .why = "KVM needs the guest's root only to shadow it; with EPT or NPT it drops the intercept",
    .source = "Intel SDM Vol. 3C, CR3-load exiting; Linux svm/svm.c, init_vmcb(): CR3 write intercept",
    .group = Group::control_register,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(cr3_write);

}  // namespace

}  // namespace exitscope::workloads
