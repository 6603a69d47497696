// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// RDTSCP. A negative control: it has an exit reason of its own that KVM never asks for.

#include "arch/instructions.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

std::string_view skip_reason(const Subject& subject) {
    return subject.cpu.has(CpuFeature::rdtscp) ? "" : "the CPU has no RDTSCP (CPUID.80000001H:EDX bit 27)";
}

void step(std::uint64_t) {
    arch::rdtscp();
}

constexpr Price price(const Subject&) {
    return {};
}

constexpr Workload rdtscp = checked({
    .name = "rdtscp",
    .summary = "RDTSCP",
    .why = "KVM gives the guest the time-stamp counter and TSC_AUX, and asks for no exit",
    .source = "Linux vmx/vmx.c, vmx_adjust_sec_exec_feature(): RDTSCP; svm/svm.c, "
              "svm_recalc_instruction_intercepts()",
    .group = Group::control,
    .skip_reason = skip_reason,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(rdtscp);

}  // namespace

}  // namespace exitscope::workloads
