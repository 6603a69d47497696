// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// A write to the local APIC's page, which does not reach the APIC while that is in x2APIC mode.

#include "workloads/support/interrupts.h"
#include "workloads/support/mmio.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

arch::PageRange page;

/// Source: Intel SDM Vol. 3A, "Local APIC Status and Location".
constexpr std::uint64_t local_apic_page = 0xfee0'0000;

std::string_view skip_reason(const Subject& subject) {
    if (const auto missing = skip_without_x2apic(subject); !missing.empty())
        return missing;
    return subject.exits_per_eoi == 0 ? "the CPU virtualizes the APIC (APICv, AVIC), its page included" : "";
}

std::string_view prepare(std::uint64_t) {
    return map_and_read(page, local_apic_page);
}

void step(std::uint64_t) {
    *arch::mapped_page(page, 0) = 0;
}

// VMX: KVM keeps a memory slot for the page (VMCS: virtualize APIC accesses) and never writes an MMIO entry
// for it into its tables, so that each write is a violation, unlike mmio_write. SVM has the slot with AVIC
// only. This workload writes, because a read costs two exits there up to Linux 6.1: retry_instruction() takes
// the access for one to a shadowed page table and lets the guest try again, but not for a MOV to memory.
constexpr Price price(const Subject& subject) {
    return {.each = {{translation_fault(subject), 1, "gpa:apic"}}};
}

constexpr Workload mmio_write_apic_page = checked({
    .name = "mmio_write_apic_page",
    .summary = "write the local APIC's page while the APIC is in x2APIC mode",
    .why = "KVM emulates each access itself; on VMX it does so without an MMIO entry in its tables, as the "
           "page has a memory slot",
    .source =
        "Linux mmu/mmu.c, kvm_faultin_pfn(): APIC_ACCESS_PAGE_PRIVATE_MEMSLOT; lapic.c, apic_mmio_write()",
    .group = Group::mmio,
    .skip_reason = skip_reason,
    .prepare = prepare,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(mmio_write_apic_page);

}  // namespace

}  // namespace exitscope::workloads
