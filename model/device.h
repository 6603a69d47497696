// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The devices of the machine that the guest kernel uses where they are.

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace exitscope::model {

enum class Device : std::uint8_t {
    interrupt_controller,  ///< 8259
    interval_timer,        ///< 8254
    local_apic,            ///< In x2APIC mode.
    io_apic,
    serial_port,
    pci,
    firmware_config,
    firmware_rom,  ///< The firmware's memory below 4 GiB is read-only.
    count,
};

/// As the report has them.
[[nodiscard]] constexpr std::string_view name_of(Device device) {
    constexpr std::string_view names[] = {"pic", "pit", "x2apic", "ioapic", "serial", "pci", "fw_cfg", "rom"};
    static_assert(sizeof names / sizeof names[0] == static_cast<std::size_t>(Device::count));
    return names[static_cast<std::size_t>(device)];
}

/// Why a workload that needs the device is skipped.
[[nodiscard]] constexpr std::string_view absence_of(Device device) {
    constexpr std::string_view reasons[] = {
        "the machine has no interrupt controller 8259 (port 0x21)",
        "the machine has no interval timer 8254 (port 0x43)",
        "the local APIC does not go to x2APIC mode (IA32_APIC_BASE)",
        "the machine has no I/O APIC (address 0xfec00000)",
        "the machine has no serial port (port 0x3f8)",
        "the machine has no PCI (port 0xcf8)",
        "the machine has no fw_cfg (port 0x510)",
        "the machine has no read-only memory (address 0xffff0000)",
    };
    static_assert(sizeof reasons / sizeof reasons[0] == static_cast<std::size_t>(Device::count));
    return reasons[static_cast<std::size_t>(device)];
}

/// A set of devices; empty at first.
class Devices {
public:
    constexpr void set(Device device, bool is_there) {
        const auto bit = static_cast<std::uint8_t>(1U << static_cast<unsigned>(device));
        bits_ = static_cast<std::uint8_t>(is_there ? bits_ | bit : bits_ & ~bit);
    }

    [[nodiscard]] constexpr bool has(Device device) const {
        return (bits_ >> static_cast<unsigned>(device) & 1U) != 0;
    }

private:
    std::uint8_t bits_ = 0;
};

}  // namespace exitscope::model
