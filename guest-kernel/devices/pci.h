// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The configuration space of PCI bus 0.

#include <cstdint>

namespace exitscope::devices {

/// A function of bus 0, as bits 15:8 of the configuration address have it.
enum class PciFunction : std::uint16_t { none = 0xffff };

/// Whether there is PCI: the address register keeps what is written. Exits: two, I/O.
/// Source: PCI Local Bus Specification 3.0, 3.2.2.3.2.
[[nodiscard]] bool has_pci();

/// Finds function 0 of the first device with this vendor (bits 15:0) and device (31:16).
///
/// Exits: I/O, two for each device number looked at, of which there are 32.
[[nodiscard]] PciFunction find_pci_function(std::uint32_t vendor_and_device);

/// Reads and writes one double word of it; `offset` is a multiple of 4.
///
/// Exits: I/O, two.
[[nodiscard]] std::uint32_t read_pci(PciFunction function, std::uint8_t offset);
void write_pci(PciFunction function, std::uint8_t offset, std::uint32_t value);

inline constexpr std::uint8_t pci_command = 0x04;
inline constexpr std::uint8_t pci_base_address_0 = 0x10;
inline constexpr std::uint32_t pci_command_io = 1;
inline constexpr std::uint32_t pci_command_bus_master = 4;

}  // namespace exitscope::devices
