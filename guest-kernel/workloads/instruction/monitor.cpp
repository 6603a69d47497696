// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// MONITOR. The guest's CPUID lacks it; KVM executes it as nothing all the same (a quirk), or injects #UD.

#include "arch/instructions.h"
#include "workloads/support/mwait.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

volatile std::uint64_t watched = 0;

void step(std::uint64_t) {
    arch::monitor(&watched);
}

constexpr Price price(const Subject& subject) {
    return {.each = {{subject.reason(VmxExitReason::monitor_instruction, SvmExitReason::monitor)}}};
}

constexpr Workload monitor = checked({
    .name = "monitor",
    .summary = "MONITOR",
    .why =
        "KVM asks for this exit unless user space lets the guest have MWAIT, whatever the guest's CPUID says",
    .source = "Linux x86.c, kvm_emulate_monitor_mwait(); vmx/vmx.c, CPU_BASED_MONITOR_EXITING; svm/svm.c, "
              "init_vmcb()",
    .group = Group::instruction,
    .skip_reason = skip_with_mwait,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(monitor);

}  // namespace

}  // namespace exitscope::workloads
