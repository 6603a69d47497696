// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// HLT until the APIC's timer wakes the guest: arm, halt, end of interrupt.

#include "arch/interrupt_flag.h"
#include "arch/local_apic.h"
#include "workloads/workload.h"

namespace exitscope {

namespace {

// Far more than the way from arming to HLT takes, some 0.15 ms in the slowest lab, and more than an emulator
// is usually kept from its core. Under QEMU TCG the timer must not fire between STI and HLT: its VMRUN does
// not load the VMCB's interrupt shadow (helper_vmrun() in target/i386/tcg/sysemu/svm_helper.c), so that the
// interrupt would come before HLT, which then waits for ever. At 0.2 ms 3 of 6 runs of 5000 wake-ups ended
// so, at 2 ms none of 6.
constexpr std::uint32_t wait_ns = 10'000'000;

std::string_view skip_reason(const Subject& subject) {
    return subject.cpu.has(CpuFeature::x2apic) ? "" : "the CPU has no x2APIC (CPUID.1:ECX bit 21)";
}

void step(std::uint64_t) {
    arch::arm_timer(wait_ns);
    arch::halt_until_interrupt();
}

// STI holds the interrupt back until HLT was executed, so a timer that is early costs no HLT less; it
// shows as an interrupt window or a preemption timer exit, which is noise.
constexpr Price price(const Subject& subject) {
    const auto write = subject.reason(VmxExitReason::msr_write, SvmExitReason::msr);
    return {.each = {{subject.reason(VmxExitReason::hlt, SvmExitReason::hlt)},
                     {write, 1, "msr:0x838"},
                     {write, subject.exits_per_eoi, "msr:0x80b"}}};
}

constexpr Workload hlt = checked({
    .name = "hlt",
    .summary = "HLT until the APIC timer fires, 10 ms later",
    .why = "one HLT a wake-up, one WRMSR that arms the timer, one that ends the interrupt (none with APICv)",
    .source = "Intel SDM Vol. 2, STI; Linux lapic.c, APIC_TMICT",
    .group = Group::interrupt,
    .interrupts = Interrupts::on,
    .max_iterations = 20,
    .skip_reason = skip_reason,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(hlt);

}  // namespace

}  // namespace exitscope
