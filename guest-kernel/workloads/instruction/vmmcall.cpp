// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// VMMCALL with a number that KVM does not know: it returns -KVM_ENOSYS. Under VMX KVM would rewrite the
// instruction.

#include "arch/hypercall.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

constexpr std::uint64_t unknown_number = 0x7fff'ffff;

std::string_view skip_reason(const Subject& subject) {
    return subject.isa == InstructionSet::svm ? "" : "VMMCALL is SVM's; KVM rewrites it as VMCALL under VMX";
}

void step(std::uint64_t) {
    static_cast<void>(arch::vmmcall(unknown_number));
}

constexpr Price price(const Subject&) {
    return {.each = {{number_of(SvmExitReason::vmmcall)}}};
}

constexpr Workload vmmcall = checked({
    .name = "vmmcall",
    .summary = "VMMCALL with a number that KVM does not know",
    .why = "KVM always intercepts VMMCALL",
    .source = "AMD APM vol. 2, VMMCALL Instruction; Linux svm/svm.c, init_vmcb(); x86.c, "
              "kvm_emulate_hypercall()",
    .group = Group::instruction,
    .skip_reason = skip_reason,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(vmmcall);

}  // namespace

}  // namespace exitscope::workloads
