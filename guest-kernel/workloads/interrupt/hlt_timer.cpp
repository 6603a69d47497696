// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// HLT until the APIC's timer wakes the guest: arm, halt, end of interrupt.

#include "arch/local_apic.h"
#include "workloads/support/interrupts.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

// Far more than the time from arming to HLT, some 0.15 ms in the slowest lab, and more than the host usually
// takes the processor away from an emulator. Under QEMU TCG a timer that fires between STI and HLT costs a
// HLT, and the window is measured again (see halts_missed()).
constexpr std::uint32_t wait_ns = 10'000'000;

std::string_view prepare(std::uint64_t) {
    return check_interrupts();
}

void step(std::uint64_t) {
    arch::arm_timer(wait_ns);
    arch::halt_until_interrupt();
}

constexpr Price price(const Subject& subject) {
    return {.each = {{subject.reason(VmxExitReason::hlt, SvmExitReason::hlt)},
                     timer_armed(subject),
                     interrupts_ended(subject)}};
}

constexpr Workload hlt_timer = checked({
    .name = "hlt_timer",
    .summary = "HLT until the APIC timer fires, 10 ms later",
    .why = "one HLT a wake-up, one WRMSR that arms the timer, one that ends the interrupt (none with APICv)",
    .source = "Intel SDM Vol. 2, STI; Linux lapic.c, APIC_TMICT",
    .group = Group::interrupt,
    .interrupts = Interrupts::on,
    .max_iterations = 5,
    .skip_reason = skip_without_x2apic,
    .prepare = prepare,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(hlt_timer);

}  // namespace

}  // namespace exitscope::workloads
