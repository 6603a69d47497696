// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// A write of the x2APIC's end-of-interrupt register with nothing in service.

#include "arch/local_apic.h"
#include "workloads/support/interrupts.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

void step(std::uint64_t) {
    arch::end_of_interrupt();
}

constexpr Price price(const Subject& subject) {
    return {.each = {interrupts_ended(subject)}};
}

constexpr Workload apic_eoi = checked({
    .name = "apic_eoi",
    .summary = "WRMSR of the x2APIC EOI register",
    .why = "KVM emulates the APIC; with APICv the CPU takes this register itself",
    .source = "Linux vmx/vmx.c, vmx_update_msr_bitmap_x2apic()",
    .group = Group::interrupt,
    .skip_reason = skip_without_x2apic,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(apic_eoi);

}  // namespace

}  // namespace exitscope::workloads
