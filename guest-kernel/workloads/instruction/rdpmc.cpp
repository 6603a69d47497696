// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// RDPMC of counter 0: KVM emulates it, or injects #GP where the guest has no performance counters.

#include "arch/instructions.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

void step(std::uint64_t) {
    arch::rdpmc(0);
}

constexpr Price price(const Subject& subject) {
    return {.each = {{subject.reason(VmxExitReason::rdpmc, SvmExitReason::rdpmc)}}};
}

constexpr Workload rdpmc = checked({
    .name = "rdpmc",
    .summary = "RDPMC of counter 0",
    .why = "KVM always asks for this exit, whether the guest has the counter or not",
    .source = "Linux x86.c, kvm_emulate_rdpmc(); vmx/vmx.c, CPU_BASED_RDPMC_EXITING; svm/svm.c, init_vmcb()",
    .group = Group::instruction,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(rdpmc);

}  // namespace

}  // namespace exitscope::workloads
