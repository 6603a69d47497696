// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// WRMSR of TSC_ADJUST, the value that it has.

#include "arch/msr.h"
#include "workloads/support/msr.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

std::uint64_t adjustment = 0;

std::string_view skip_reason(const Subject& subject) {
    return subject.cpu.has(CpuFeature::tsc_adjust) ? "" : "the CPU has no TSC_ADJUST (CPUID.7:EBX bit 1)";
}

std::string_view prepare(std::uint64_t) {
    adjustment = arch::rdmsr(arch::Msr::tsc_adjust);
    return {};
}

void step(std::uint64_t) {
    arch::wrmsr(arch::Msr::tsc_adjust, adjustment);
}

constexpr Price price(const Subject& subject) {
    return {.each = {{msr_write(subject), 1, "msr:0x3b"}}};
}

constexpr Workload wrmsr_tsc_adjust = checked({
    .name = "wrmsr_tsc_adjust",
    .summary = "WRMSR of TSC_ADJUST, the same value",
    .why = "KVM keeps this register itself and lets no guest write the CPU's",
    .source = "Linux vmx/vmx.c, vmx_possible_passthrough_msrs[]; svm/svm.c, direct_access_msrs[]",
    .group = Group::msr,
    .skip_reason = skip_reason,
    .prepare = prepare,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(wrmsr_tsc_adjust);

}  // namespace

}  // namespace exitscope::workloads
