// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// Arming the APIC's timer for a moment later, and waiting for it without HLT.

#include "arch/local_apic.h"
#include "arch/time_stamp.h"
#include "workloads/support/tsc_deadline.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

constexpr std::uint64_t wait_ticks = 100'000;

void step(std::uint64_t) {
    arch::wrmsr(arch::Msr::tsc_deadline, arch::read_time_stamp() + wait_ticks);
    wait_for_interrupt(arch::timer_vector, no_timer_interrupt);
}

// KVM learns by VMX's preemption timer, else by a timer of the host, that the time has come: both are noise.
constexpr Price price(const Subject& subject) {
    return {.each = {tsc_deadline_write(subject), interrupts_ended(subject)}};
}

constexpr Workload tsc_deadline_near = checked({
    .name = "tsc_deadline_near",
    .summary = "WRMSR of IA32_TSC_DEADLINE, 100,000 ticks ahead, and its interrupt",
    .why = "one WRMSR arms the timer, one ends its interrupt; that the time has come is a preemption timer "
           "or host interrupt exit, which is noise",
    .source = "Linux lapic.c, start_hv_timer()",
    .group = Group::interrupt,
    .interrupts = Interrupts::on,
    .max_iterations = 10,
    .skip_reason = skip_without_tsc_deadline,
    .prepare = start_tsc_deadline,
    .step = step,
    .finish = stop_tsc_deadline,
    .price = price,
});

REGISTER_WORKLOAD(tsc_deadline_near);

}  // namespace

}  // namespace exitscope::workloads
