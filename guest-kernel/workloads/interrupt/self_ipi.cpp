// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// An interrupt that the guest sends itself by the x2APIC's register for that, while it lets interrupts in.

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
    arch::write_self_ipi(arch::ipi_vector);
}

void finish() {
    arch::disable_interrupts();
}

// A CPU that virtualizes the APIC's EOI takes this register itself, too. The interrupt command register exits
// all the same, see interrupt_open.
constexpr Price price(const Subject& subject) {
    return {.each = {{msr_write(subject), subject.exits_per_eoi, "msr:0x83f"}, interrupts_ended(subject)}};
}

constexpr Workload self_ipi = checked({
    .name = "self_ipi",
    .summary = "WRMSR of the x2APIC SELF_IPI register while IF = 1",
    .why = "KVM is the APIC: one WRMSR sends the interrupt, one ends it; with APICv the CPU does both itself",
    .source = "Intel SDM Vol. 3C, Self-IPI Virtualization; Linux vmx/vmx.c, vmx_update_msr_bitmap_x2apic()",
    .group = Group::interrupt,
    .interrupts = Interrupts::on,
    .skip_reason = skip_without_x2apic,
    .prepare = prepare,
    .step = step,
    .finish = finish,
    .price = price,
});

REGISTER_WORKLOAD(self_ipi);

}  // namespace

}  // namespace exitscope::workloads
