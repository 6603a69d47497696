// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Guest-physical memory for those who read tables in it. They are pure: the memory is handed over.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace exitscope::devices {

using Bytes = std::span<const std::uint8_t>;

/// Guest-physical memory of that many bytes; empty where there is none. Valid until the next call.
using PhysicalMemory = Bytes (*)(std::uint64_t address, std::size_t size);

/// Little endian; 0 where the table is too short, as ACPI has it for fields of later versions.
[[nodiscard]] constexpr std::uint64_t number_at(Bytes table, std::size_t offset, std::size_t size) {
    std::uint64_t value = 0;
    for (std::size_t byte = size; byte > 0 && offset + size <= table.size(); --byte)
        value = value << 8 | table[offset + byte - 1];
    return value;
}

[[nodiscard]] constexpr bool has_text(Bytes bytes, std::size_t offset, std::string_view text) {
    return offset + text.size() <= bytes.size() &&
           std::equal(text.begin(), text.end(), bytes.begin() + static_cast<std::ptrdiff_t>(offset),
                      [](char one, std::uint8_t other) { return static_cast<std::uint8_t>(one) == other; });
}

}  // namespace exitscope::devices
