// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// RDMSR of an x2APIC register, its ID.

#include "arch/local_apic.h"
#include "workloads/support/interrupts.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

void step(std::uint64_t) {
    static_cast<void>(arch::apic_id());
}

// A CPU that virtualizes the APIC's EOI reads its registers without an exit, too.
constexpr Price price(const Subject& subject) {
    return {.each = {{msr_read(subject), subject.exits_per_eoi, "msr:0x802"}}};
}

constexpr Workload apic_read = checked({
    .name = "apic_read",
    .summary = "RDMSR of the x2APIC ID",
    .why = "KVM is the APIC, so it intercepts its registers; with APICv the CPU reads them itself",
    .source = "Linux vmx/vmx.c, vmx_update_msr_bitmap_x2apic(); svm/svm.c, direct_access_msrs",
    .group = Group::interrupt,
    .skip_reason = skip_without_x2apic,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(apic_read);

}  // namespace

}  // namespace exitscope::workloads
