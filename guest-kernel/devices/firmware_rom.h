// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The firmware's memory at the end of the first 4 GiB.

#include <cstdint>

namespace exitscope::devices {

/// The last 64 KiB below 4 GiB, where the CPU starts: QEMU's pc maps its firmware there as a read-only memory
/// slot; its microvm maps it as memory that can be written (hw/i386/x86.c, x86_bios_rom_init()).
inline constexpr std::uint64_t firmware_rom_address = 0xffff'0000;

/// Whether the page mapped at `page` cannot be written; it has the same content afterwards.
/// Exits: some memory accesses; to be called outside a window.
[[nodiscard]] inline bool is_rom(volatile std::uint8_t* page) {
    const std::uint8_t before = *page;
    *page = static_cast<std::uint8_t>(~before);
    const bool changed = *page != before;
    if (changed)
        *page = before;
    return !changed;
}

}  // namespace exitscope::devices
