// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Guest-physical memory for tests: some MiB at 0, and nothing beyond them.

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "devices/physical_memory.h"

namespace exitscope::boot {

class FakeMemory {
public:
    static constexpr std::size_t size = 2U << 20;

    /// The one that `read` reads, from now on; it is empty.
    static void clear() { bytes().assign(size, 0); }

    static devices::Bytes read(std::uint64_t address, std::size_t count) {
        if (address == 0 || address > size || count > size - address)
            return {};
        return devices::Bytes{bytes()}.subspan(static_cast<std::size_t>(address), count);
    }

    static void put(std::uint64_t address, std::uint64_t value, std::size_t count) {
        for (std::size_t byte = 0; byte < count; ++byte)
            bytes().at(address + byte) = static_cast<std::uint8_t>(value >> 8 * byte);
    }

    static void put(std::uint64_t address, std::string_view text) {
        std::ranges::copy(text, bytes().begin() + static_cast<std::ptrdiff_t>(address));
    }

private:
    static std::vector<std::uint8_t>& bytes() {
        static std::vector<std::uint8_t> all(size);
        return all;
    }
};

inline constexpr std::uint64_t mib = 1U << 20;

/// A line of a memory map.
struct MapLine {
    std::uint64_t base = 0;
    std::uint64_t length = 0;
    std::uint32_t type = 1;
};

/// What a PC of 128 MiB has.
inline constexpr std::initializer_list<MapLine> usual_map{
    {0, 0x9'fc00}, {0xf'0000, 0x1'0000, 2}, {mib, 126 * mib}, {127 * mib, mib, 3}};

}  // namespace exitscope::boot
