// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// MWAIT. The guest's CPUID lacks it; KVM executes it as nothing all the same (a quirk), or injects #UD. It
// never waits.

#include "workloads/support/mwait.h"
#include "arch/instructions.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

void step(std::uint64_t) {
    arch::mwait();
}

constexpr Price price(const Subject& subject) {
    return {.each = {{subject.reason(VmxExitReason::mwait_instruction, SvmExitReason::mwait)}}};
}

constexpr Workload mwait = checked({
    .name = "mwait",
    .summary = "MWAIT",
    .why =
        "KVM asks for this exit unless user space lets the guest have MWAIT, whatever the guest's CPUID says",
    .source = "Linux x86.c, kvm_emulate_monitor_mwait(); vmx/vmx.c, CPU_BASED_MWAIT_EXITING; svm/svm.c, "
              "init_vmcb()",
    .group = Group::instruction,
    .skip_reason = skip_with_mwait,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(mwait);

}  // namespace

}  // namespace exitscope::workloads
