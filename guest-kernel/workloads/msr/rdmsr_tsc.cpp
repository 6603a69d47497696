// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// RDMSR of the time-stamp counter: VMX applies the guest's offset to it, SVM only where KVM lets it.

#include "arch/msr.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

void step(std::uint64_t) {
    static_cast<void>(arch::rdmsr(arch::Msr::time_stamp_counter));
}

constexpr Price price(const Subject& subject) {
    if (subject.isa == InstructionSet::vmx)
        return {};
    return {.each = {{number_of(SvmExitReason::msr), 1, "msr:0x10"}}};
}

constexpr Workload rdmsr_tsc = checked({
    .name = "rdmsr_tsc",
    .summary = "RDMSR of TIME_STAMP_COUNTER",
    .why = "VMX: the CPU adds the guest's offset, so KVM passes reads through; SVM: KVM intercepts them",
    .source = "Intel SDM Vol. 3C, Use TSC offsetting; Linux vmx/vmx.c, vmx_vcpu_create(); svm/svm.c, "
              "direct_access_msrs[]",
    .group = Group::msr,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(rdmsr_tsc);

}  // namespace

}  // namespace exitscope::workloads
