// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// RDSEED. A negative control: VMX has an exit for it that KVM uses only to hide the instruction.

#include "arch/instructions.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

std::string_view skip_reason(const Subject& subject) {
    return subject.cpu.has(CpuFeature::rdseed) ? "" : "the CPU has no RDSEED (CPUID.7:EBX bit 18)";
}

void step(std::uint64_t) {
    arch::rdseed();
}

constexpr Price price(const Subject&) {
    return {};
}

constexpr Workload rdseed = checked({
    .name = "rdseed",
    .summary = "RDSEED",
    .why = "KVM asks for its exit only where the guest's CPUID lacks it; SVM has no such intercept",
    .source = "Linux vmx/vmx.c, vmx_adjust_sec_exec_exiting()",
    .group = Group::control,
    .skip_reason = skip_reason,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(rdseed);

}  // namespace

}  // namespace exitscope::workloads
