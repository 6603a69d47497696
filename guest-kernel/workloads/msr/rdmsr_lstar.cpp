// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// RDMSR of LSTAR: the VMCB holds it for the guest, the VMCS does not.

#include "arch/msr.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

void step(std::uint64_t) {
    static_cast<void>(arch::rdmsr(arch::Msr::lstar));
}

constexpr Price price(const Subject& subject) {
    if (subject.isa == InstructionSet::svm)
        return {};
    return {.each = {{number_of(VmxExitReason::msr_read), 1, "msr:0xc0000082"}}};
}

constexpr Workload rdmsr_lstar = checked({
    .name = "rdmsr_lstar",
    .summary = "RDMSR of LSTAR",
    .why = "SVM: VMLOAD and VMSAVE switch it, so KVM passes it through; VMX: KVM switches it by hand and "
           "intercepts it",
    .source = "Linux svm/svm.c, direct_access_msrs[]; vmx/vmx.c, vmx_setup_user_return_msrs()",
    .group = Group::msr,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(rdmsr_lstar);

}  // namespace

}  // namespace exitscope::workloads
