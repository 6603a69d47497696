// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// Arming the APIC's timer for a time that never comes: the check for counters that miss the fast path.

#include "arch/local_apic.h"
#include "workloads/support/interrupts.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

std::string_view skip_reason(const Subject& subject) {
    if (!subject.cpu.has(CpuFeature::tsc_deadline))
        return "the APIC timer has no TSC-deadline mode (CPUID.1:ECX bit 24)";
    return skip_without_x2apic(subject);
}

std::string_view prepare(std::uint64_t) {
    arch::set_timer(arch::TimerMode::tsc_deadline, arch::timer_vector);
    return {};
}

constexpr std::uint64_t years_from_now = std::uint64_t{1} << 56;

void step(std::uint64_t index) {
    arch::wrmsr(arch::Msr::tsc_deadline, years_from_now + index);
}

void finish() {
    arch::wrmsr(arch::Msr::tsc_deadline, 0);
    arch::set_timer(arch::TimerMode::one_shot, arch::timer_vector);
}

constexpr Price price(const Subject& subject) {
    return {.each = {{msr_write(subject), 1, "msr:0x6e0"}}};
}

constexpr Workload tsc_deadline_far = checked({
    .name = "tsc_deadline_far",
    .summary = "WRMSR of IA32_TSC_DEADLINE, years ahead",
    .why = "each exits, though KVM answers it in its fast path and, on VMX, enters the guest again at once",
    .source = "Linux x86.c, handle_fastpath_set_tscdeadline()",
    .group = Group::interrupt,
    .skip_reason = skip_reason,
    .prepare = prepare,
    .step = step,
    .finish = finish,
    .price = price,
});

REGISTER_WORKLOAD(tsc_deadline_far);

}  // namespace

}  // namespace exitscope::workloads
