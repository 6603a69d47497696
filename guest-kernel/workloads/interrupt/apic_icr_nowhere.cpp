// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// A WRMSR of the x2APIC interrupt command register with a destination that does not exist: KVM's fast path
// handles it.

#include "arch/local_apic.h"
#include "workloads/support/interrupts.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

constexpr std::uint32_t no_such_apic = 0x7'0000;

void step(std::uint64_t) {
    arch::send_interrupt(no_such_apic, arch::ipi_vector);
}

constexpr Price price(const Subject& subject) {
    return {.each = {interrupts_sent(subject)}};
}

constexpr Workload apic_icr_nowhere = checked({
    .name = "apic_icr_nowhere",
    .summary = "WRMSR of the x2APIC ICR, to a CPU that is not there",
    .why = "the WRMSR exits; that KVM answers it in its fast path makes it cheaper, not uncounted",
    .source = "Linux x86.c, handle_fastpath_set_x2apic_icr_irqoff()",
    .group = Group::interrupt,
    .skip_reason = skip_without_x2apic,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(apic_icr_nowhere);

}  // namespace

}  // namespace exitscope::workloads
