// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// HLT until the APIC's timer wakes the guest: arm, halt, end of interrupt.

#include "arch/interrupt_flag.h"
#include "arch/local_apic.h"
#include "workloads/workload.h"

namespace exitscope {

namespace {

constexpr std::uint32_t wait_ns = 200'000;

// One HLT a wake-up, one WRMSR that arms the timer, one that ends the interrupt (none with APICv). STI
// holds the interrupt back until HLT was executed, so a timer that is early costs no HLT less; it
// shows as an interrupt window or a preemption timer exit, which is noise.
// Source: Intel SDM Vol. 2, "STI"; Linux 6.1, arch/x86/kvm/lapic.c, APIC_TMICT.
constexpr Expected expected(const Subject& subject, std::uint64_t iterations) {
    return {{subject.reason(VmxExitReason::hlt, SvmExitReason::hlt), iterations},
            {subject.reason(VmxExitReason::msr_write, SvmExitReason::msr),
             iterations * (1U + subject.exits_per_eoi)}};
}

std::string_view skip_reason(const Subject& subject) {
    return subject.has_x2apic ? "" : "the CPU has no x2APIC (CPUID.1:ECX bit 21)";
}

void run(std::uint64_t iterations) {
    for (std::uint64_t i = 0; i < iterations; ++i) {
        arch::arm_timer(wait_ns);
        arch::halt_until_interrupt();
    }
}

constexpr Workload hlt = checked({
    .name = "hlt",
    .summary = "HLT until the APIC timer fires, 0.2 ms later",
    .group = Group::interrupt,
    .interrupts = Interrupts::on,
    .skip_reason = skip_reason,
    .run = run,
    .expected = expected,
});

REGISTER_WORKLOAD(hlt);

}  // namespace

}  // namespace exitscope
