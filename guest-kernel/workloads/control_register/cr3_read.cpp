// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// MOV from CR3: under shadow paging the CPU holds KVM's root, which the guest must not see.

#include "arch/control_register.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

std::string_view skip_reason(const Subject& subject) {
    return subject.cr_reads_lost && subject.paging == Paging::shadow
               ? "QEMU's TCG from 9.1 on does not intercept reads of CR3"
               : "";
}

void step(std::uint64_t) {
    static_cast<void>(arch::read_cr3());
}

constexpr Price price(const Subject& subject) {
    if (subject.paging == Paging::two_dimensional)
        return {};
    return {.each = {{subject.reason(VmxExitReason::cr_access, SvmExitReason::cr3_read), 1, "cr:3"}}};
}

constexpr Workload cr3_read = checked({
    .name = "cr3_read",
    .summary = "MOV from CR3",
    .why =
        "under shadow paging the CPU's CR3 is KVM's, so KVM has to answer; with EPT or NPT it is the guest's",
    .source = "Intel SDM Vol. 3C, CR3-store exiting; Linux svm/svm.c, init_vmcb(): CR3 read intercept",
    .group = Group::control_register,
    .skip_reason = skip_reason,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(cr3_read);

}  // namespace

}  // namespace exitscope::workloads
