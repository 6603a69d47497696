// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "devices/virtio_console.h"

#include <array>
#include <cstddef>
#include <cstdint>

#include "arch/port.h"
#include "arch/wait.h"
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

struct Available {
    std::uint16_t flags = 0;
    std::uint16_t index = 0;
};

struct Used {
    std::uint16_t flags = 0;
    std::uint16_t index = 0;
};

/// The device chooses how many entries its queue has: QEMU 7.2 128, QEMU 10.0 1024. With the legacy interface
/// no driver can change that.
constexpr std::size_t most_entries = 1024;

// Where the rings are in a queue of that many entries; each is its head and an array.
// Source: VIRTIO 1.1, 2.6.2, "Legacy Interfaces: A Note on Virtqueue Layout".
constexpr std::size_t available_offset(std::size_t entries) {
    return entries * sizeof(Descriptor);
}
constexpr std::size_t used_offset(std::size_t entries) {
    const auto end = available_offset(entries) + sizeof(Available) + (entries + 1) * sizeof(std::uint16_t);
    return (end + 4095) / 4096 * 4096;
}
constexpr std::size_t queue_bytes(std::size_t entries) {
    return used_offset(entries) + sizeof(Used) + entries * 8 + sizeof(std::uint16_t);
}
static_assert(used_offset(128) == 4096 && used_offset(1024) == 20480);

// All 0, so that it takes no room in the image; and so every entry of the available ring names descriptor 0.
alignas(4096) constinit std::array<std::byte, queue_bytes(most_entries)> queue;
Descriptor* descriptor = nullptr;
Available* available = nullptr;
volatile Used* used = nullptr;
arch::Port base;

}  // namespace

bool start_virtio_console() {
    if (!has_pci())
        return false;
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
    const std::size_t entries = arch::in16(base + queue_size);
    if (entries == 0 || entries > most_entries)
        return false;
    descriptor = reinterpret_cast<Descriptor*>(queue.data());
    available = reinterpret_cast<Available*>(queue.data() + available_offset(entries));
    used = reinterpret_cast<volatile Used*>(queue.data() + used_offset(entries));
    available->flags = no_interrupt;
    arch::out32(base + queue_address,
                static_cast<std::uint32_t>(reinterpret_cast<std::uint64_t>(queue.data()) / 4096));
    arch::out8(base + device_status, acknowledge | driver | driver_ok);
    return true;
}

bool write_virtio_console(std::string_view text) {
    descriptor->address = reinterpret_cast<std::uint64_t>(text.data());
    descriptor->length = static_cast<std::uint32_t>(text.size());
    // There is never more than one text on its way.
    ++available->index;
    arch::out16(base + queue_notify, transmit_queue);
    return arch::holds_within(arch::looks_of_a_wait, [] { return used->index == available->index; });
}

}  // namespace exitscope::devices
