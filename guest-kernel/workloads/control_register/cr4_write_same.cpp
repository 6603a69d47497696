// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// MOV to CR4 of the value that it has: VMX exits only where a bit changes, SVM always.

#include "arch/control_register.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

void step(std::uint64_t) {
    arch::write_cr4(kernel_cr4);
}

constexpr Price price(const Subject& subject) {
    if (subject.isa == InstructionSet::vmx)
        return {};
    return {.each = {{number_of(SvmExitReason::cr4_write), 1, "cr:4"}}};
}

constexpr Workload cr4_write_same = checked({
    .name = "cr4_write_same",
    .summary = "MOV to CR4, the same value",
    .why = "VMX: no bit changes that KVM owns; SVM: KVM intercepts every write of CR4",
    .source =
        "Intel SDM Vol. 3C, Guest/Host Masks and Read Shadows for CR0 and CR4; Linux svm/svm.c, init_vmcb()",
    .group = Group::control_register,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(cr4_write_same);

}  // namespace

}  // namespace exitscope::workloads
