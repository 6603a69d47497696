// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// VMCALL with a number that KVM does not know: it returns -KVM_ENOSYS. Under SVM KVM would rewrite the
// instruction.

#include "arch/hypercall.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

constexpr std::uint64_t unknown_number = 0x7fff'ffff;

std::string_view skip_reason(const Subject& subject) {
    return subject.isa == InstructionSet::vmx ? "" : "VMCALL is VMX's; KVM rewrites it as VMMCALL under SVM";
}

void step(std::uint64_t) {
    static_cast<void>(arch::vmcall(unknown_number));
}

constexpr Price price(const Subject&) {
    return {.each = {{number_of(VmxExitReason::vmcall)}}};
}

constexpr Workload vmcall = checked({
    .name = "vmcall",
    .summary = "VMCALL with a number that KVM does not know",
    .why = "VMCALL exits unconditionally",
    .source = "Intel SDM Vol. 3C, Instructions That Cause VM Exits Unconditionally; Linux x86.c, "
              "kvm_emulate_hypercall()",
    .group = Group::instruction,
    .skip_reason = skip_reason,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(vmcall);

}  // namespace

}  // namespace exitscope::workloads
