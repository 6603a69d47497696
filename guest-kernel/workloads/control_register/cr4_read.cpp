// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// MOV from CR4. On VMX the CPU returns the read shadow; SVM has none, and KVM always intercepts it.

#include "arch/control_register.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

std::string_view skip_reason(const Subject& subject) {
    return subject.cr_reads_lost ? "QEMU's TCG from 9.1 on does not intercept reads of CR4" : "";
}

void step(std::uint64_t) {
    static_cast<void>(arch::read_cr4());
}

constexpr Price price(const Subject& subject) {
    if (subject.isa == InstructionSet::vmx)
        return {};
    return {.each = {{number_of(SvmExitReason::cr4_read), 1, "cr:4"}}};
}

constexpr Workload cr4_read = checked({
    .name = "cr4_read",
    .summary = "MOV from CR4",
    .why = "VMX has a read shadow; SVM has none, and the CPU's value is not the guest's own",
    .source =
        "Intel SDM Vol. 3C, Guest/Host Masks and Read Shadows for CR0 and CR4; Linux svm/svm.c, init_vmcb()",
    .group = Group::control_register,
    .skip_reason = skip_reason,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(cr4_read);

}  // namespace

}  // namespace exitscope::workloads
