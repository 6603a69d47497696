// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// An interrupt that is sent while the guest lets interrupts in: KVM injects it with the next entry.

#include "arch/local_apic.h"
#include "workloads/support/interrupts.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

std::string_view prepare(std::uint64_t) {
    arch::enable_interrupts();
    return {};
}

void step(std::uint64_t) {
    arch::send_self_interrupt(arch::ipi_vector);
}

void finish() {
    arch::disable_interrupts();
}

constexpr Price price(const Subject& subject) {
    return {.each = {interrupts_sent(subject), interrupts_ended(subject)}};
}

constexpr Workload interrupt_open = checked({
    .name = "interrupt_open",
    .summary = "a self-IPI while IF = 1",
    .why = "KVM injects the interrupt with the entry that follows the WRMSR; only sending and ending it exit",
    .source = "Linux lapic.c, kvm_lapic_reg_write(): APIC_ICR",
    .group = Group::interrupt,
    .interrupts = Interrupts::on,
    .skip_reason = skip_without_x2apic,
    .prepare = prepare,
    .step = step,
    .finish = finish,
    .price = price,
});

REGISTER_WORKLOAD(interrupt_open);

}  // namespace

}  // namespace exitscope::workloads
