// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What ACPI's tables say of how the machine is switched off and reset. Pure: the memory is handed over.

#include <cstdint>
#include <optional>

#include "devices/physical_memory.h"

namespace exitscope::devices {

/// A register of one byte, as a Generic Address Structure has it.
struct AcpiRegister {
    bool is_port = false;
    std::uint64_t address = 0;
};

/// How the machine is switched off and reset, as far as the tables say so.
struct PowerRegisters {
    /// 16-bit ports, PM1a and PM1b control; 0 where there is none.
    std::uint16_t pm1a_control = 0;
    std::uint16_t pm1b_control = 0;
    /// In place of those, where ACPI is hardware-reduced.
    std::optional<AcpiRegister> sleep_control{};
    /// The SLP_TYP of the state S5.
    std::uint8_t off_type = 0;
    std::optional<AcpiRegister> reset{};
    std::uint8_t reset_value = 0;
};

/// Finds the tables by the root pointer (RSDP) at `root_pointer`, which the boot loader told; where that is 0
/// as a PC BIOS leaves them. Nothing where there are none, or no S5.
///
/// Source: ACPI 6.5, 5.2.5.1, "Finding the RSDP on IA-PC Systems"; 5.2.9, "Fixed ACPI Description Table";
/// 4.8.3.7, "Sleep Control and Status Registers"; 7.4.2, "\_Sx (System States)".
[[nodiscard]] std::optional<PowerRegisters> read_power_registers(PhysicalMemory memory,
                                                                 std::uint64_t root_pointer);

}  // namespace exitscope::devices
