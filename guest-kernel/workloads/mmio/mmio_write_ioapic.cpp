// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// A write to the I/O APIC's index register: MMIO that KVM handles in the kernel.

#include "devices/io_apic.h"
#include "workloads/support/device.h"
#include "workloads/support/mmio.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

arch::PageRange page;

std::string_view prepare(std::uint64_t) {
    return map_and_read(page, devices::io_apic_address);
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
    .skip_reason = skip_without<Device::io_apic>,
    .prepare = prepare,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(mmio_write_ioapic);

}  // namespace

}  // namespace exitscope::workloads
