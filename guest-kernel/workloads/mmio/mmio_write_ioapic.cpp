// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// A write to the I/O APIC's index register: MMIO that KVM handles in the kernel.

#include "workloads/support/mmio.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

arch::PageRange page;

/// Source: Intel 82093AA, "I/O Register Select"; Linux, ioapic.h, IOAPIC_DEFAULT_BASE_ADDRESS.
constexpr std::uint64_t io_apic = 0xfec0'0000;

std::string_view prepare(std::uint64_t) {
    return map_and_read(page, io_apic);
}

void step(std::uint64_t) {
    *arch::mapped_page(page, 0) = 0;
}

constexpr Price price(const Subject& subject) {
    return {.each = {{mmio_fault(subject), 1, "gpa:ioapic"}}};
}

constexpr Workload mmio_write_ioapic = checked({
    .name = "mmio_write_ioapic",
    .summary = "write the I/O APIC's index register, which KVM answers in the kernel",
    .why = "an access to MMIO exits whoever answers; KVM's own I/O APIC saves the way to user space",
    .source = "Linux ioapic.c, ioapic_mmio_write(); mmu/spte.c, make_mmio_spte()",
    .group = Group::mmio,
    .prepare = prepare,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(mmio_write_ioapic);

}  // namespace

}  // namespace exitscope::workloads
