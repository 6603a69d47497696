// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// A write to the firmware's read-only memory: user space gets it, and ignores it.

#include "devices/firmware_rom.h"
#include "workloads/support/device.h"
#include "workloads/support/mmio.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

arch::PageRange page;

std::string_view prepare(std::uint64_t) {
    return map_and_read(page, devices::firmware_rom_address);
}

void step(std::uint64_t) {
    *arch::mapped_page(page, 0) = 0;
}

constexpr Price price(const Subject& subject) {
    return {.each = {{translation_fault(subject), 1, "gpa:rom"}}};
}

constexpr Workload rom_write = checked({
    .name = "rom_write",
    .summary = "write the firmware's read-only memory",
    .why = "KVM maps the page read-only, so each write faults and is emulated; user space ignores it",
    .source = "Linux kvm_main.c, memslot_is_readonly(); QEMU hw/i386/pc_sysfw.c",
    .group = Group::mmio,
    .skip_reason = skip_without<Device::firmware_rom>,
    .prepare = prepare,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(rom_write);

}  // namespace

}  // namespace exitscope::workloads
