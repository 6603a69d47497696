// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The end of a machine that has no isa-debug-exit.

#include <cstdint>

namespace exitscope::devices {

/// Switches the machine off by ACPI, by its fixed registers (pc, q35) or its sleep control register
/// (microvm); else resets it, by ACPI, the chip set, the keyboard controller and a triple fault, in this
/// order. ACPI's tables are found by `acpi_root_pointer` (devices/acpi.h). With -no-reboot a reset ends QEMU,
/// too; its status is 0 then.
///
/// Uses up the page pool, to see memory above 1 GiB. Exits: I/O, and whatever memory takes.
[[noreturn]] void end_machine(std::uint64_t acpi_root_pointer);

}  // namespace exitscope::devices
