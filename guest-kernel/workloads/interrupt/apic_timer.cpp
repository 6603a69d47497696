// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// The APIC's timer, one shot, and waiting for it without HLT.

#include "arch/local_apic.h"
#include "workloads/support/interrupts.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

constexpr std::uint32_t wait_ns = 50'000;

void step(std::uint64_t) {
    arch::arm_timer(wait_ns);
    wait_for_interrupt(arch::timer_vector, no_timer_interrupt);
}

constexpr Price price(const Subject& subject) {
    return {.each = {timer_armed(subject), interrupts_ended(subject)}};
}

constexpr Workload apic_timer = checked({
    .name = "apic_timer",
    .summary = "WRMSR of the APIC timer's initial count, and its interrupt 50 us later",
    .why = "one WRMSR arms the timer, one ends its interrupt; that the time has come is noise",
    .source = "Linux lapic.c, APIC_TMICT",
    .group = Group::interrupt,
    .interrupts = Interrupts::on,
    .max_iterations = 20,
    .skip_reason = skip_without_x2apic,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(apic_timer);

}  // namespace

}  // namespace exitscope::workloads
