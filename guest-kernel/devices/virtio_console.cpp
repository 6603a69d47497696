// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "devices/virtio_console.h"

#include <array>
#include <cstddef>
#include <cstdint>

#include "arch/port.h"
#include "devices/pci.h"

namespace exitscope::devices {

namespace {

constexpr std::uint32_t transitional_console = 0x1003'1af4;
constexpr std::uint16_t transmit_queue = 1;
constexpr std::uint32_t free_ports = 0xc000;

// Registers, as offsets from base address 0.
constexpr std::uint16_t driver_features = 4;
constexpr std::uint16_t queue_address = 8;
constexpr std::uint16_t queue_size = 12;
constexpr std::uint16_t queue_select = 14;
constexpr std::uint16_t queue_notify = 16;
constexpr std::uint16_t device_status = 18;

constexpr std::uint8_t acknowledge = 1;
constexpr std::uint8_t driver = 2;
constexpr std::uint8_t driver_ok = 4;

constexpr std::uint16_t no_interrupt = 1;

struct Descriptor {
    std::uint64_t address = 0;
    std::uint32_t length = 0;
    std::uint16_t flags = 0;
    std::uint16_t next = 0;
};

/// The device chooses how many entries its queue has; with the legacy interface no driver can change that.
constexpr std::size_t entries = 128;

/// Source: VIRTIO 1.1, 2.6.2, "Legacy Interfaces: A Note on Virtqueue Layout".
struct alignas(4096) Queue {
    std::array<Descriptor, entries> descriptors{};
    std::uint16_t available_flags = 0;
    std::uint16_t available_index = 0;
    std::array<std::uint16_t, entries> available{};
    alignas(4096) std::uint16_t used_flags = 0;
    volatile std::uint16_t used_index = 0;
};

constinit Queue queue;  // all 0, so that it takes no room in the image
arch::Port base;

}  // namespace

bool start_virtio_console() {
    const auto function = find_pci_function(transitional_console);
    if (function == PciFunction::none)
        return false;
    // Some firmware gives devices no addresses (qboot): any that is free will do then.
    if ((read_pci(function, pci_base_address_0) & 0xfffc) == 0)
        write_pci(function, pci_base_address_0, free_ports);
    base = static_cast<arch::Port>(read_pci(function, pci_base_address_0) & 0xfffc);
    write_pci(function, pci_command, pci_command_io | pci_command_bus_master);
    arch::out8(base + device_status, acknowledge | driver);
    arch::out32(base + driver_features, 0);
    arch::out16(base + queue_select, transmit_queue);
    if (arch::in16(base + queue_size) != entries)
        return false;
    queue.available_flags = no_interrupt;
    arch::out32(base + queue_address,
                static_cast<std::uint32_t>(reinterpret_cast<std::uint64_t>(&queue) / 4096));
    arch::out8(base + device_status, acknowledge | driver | driver_ok);
    return true;
}

void write_virtio_console(std::string_view text) {
    queue.descriptors[0].address = reinterpret_cast<std::uint64_t>(text.data());
    queue.descriptors[0].length = static_cast<std::uint32_t>(text.size());
    // Every entry names descriptor 0: there is never more than one text on its way.
    ++queue.available_index;
    arch::out16(base + queue_notify, transmit_queue);
    while (queue.used_index != queue.available_index) {
        // No PAUSE: it might exit.
    }
}

}  // namespace exitscope::devices
