// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The I/O APIC, of which no interrupt is used.

#include <cstdint>

namespace exitscope::devices {

/// Where it is in guest-physical memory, one page.
/// Source: Intel 82093AA, "I/O Register Select"; Linux, ioapic.h, IOAPIC_DEFAULT_BASE_ADDRESS.
inline constexpr std::uint64_t io_apic_address = 0xfec0'0000;

/// Whether the page mapped at `registers` is an I/O APIC's: the index register keeps what is written, and the
/// version is none of those that an address without a device reads as.
///
/// Exits: four accesses to MMIO; to be called outside a window.
/// Source: Intel 82093AA, "I/O Register Select", "IOAPIC Version Register".
[[nodiscard]] inline bool is_io_apic(volatile std::uint8_t* registers) {
    constexpr std::uint32_t version_index = 1;
    auto* const index = reinterpret_cast<volatile std::uint32_t*>(registers);
    const auto* const window = reinterpret_cast<volatile std::uint32_t*>(registers + 0x10);
    *index = version_index;
    const bool keeps = (*index & 0xff) == version_index;
    const std::uint32_t version = *window & 0xff;
    *index = 0;
    return keeps && version != 0 && version != 0xff;
}

}  // namespace exitscope::devices
