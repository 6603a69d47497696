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

// With APICv the CPU ends the interrupt in service, whose vector is 0 where there is none, and then exits if
// KVM wants to hear of that vector's end. KVM wants to for vector 0: the I/O APIC's entry of the real-time
// clock is one that it follows always, masked or not, and since reset that entry names vector 0 of this CPU.
// Source: Intel SDM Vol. 3C, "EOI Virtualization"; Linux ioapic.c, kvm_ioapic_scan_entry(): RTC_GSI.
constexpr Price price(const Subject& subject) {
    if (has_apicv(subject))
        return {.each = {{number_of(VmxExitReason::eoi_induced), 1, "msr:0x80b"}}};
    return {.each = {interrupts_ended(subject)}};
}

constexpr Workload apic_eoi = checked({
    .name = "apic_eoi",
    .summary = "WRMSR of the x2APIC EOI register",
    .why = "KVM emulates the APIC; with APICv the CPU takes this register itself, and tells KVM only of the "
           "vectors that its I/O APIC waits for, 0 among them",
    .source = "Linux vmx/vmx.c, vmx_update_msr_bitmap_x2apic(); ioapic.c, kvm_ioapic_scan_entry()",
    .group = Group::interrupt,
    .skip_reason = skip_without_x2apic,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(apic_eoi);

}  // namespace

}  // namespace exitscope::workloads
