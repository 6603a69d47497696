// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// CRC-32 as IEEE 802.3 and zlib have it.

#include <array>
#include <cstdint>
#include <string_view>

namespace exitscope::model {

namespace detail {

consteval std::array<std::uint32_t, 256> make_crc32_table() {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t byte = 0; byte < table.size(); ++byte) {
        std::uint32_t remainder = byte;
        for (int bit = 0; bit < 8; ++bit)
            remainder = (remainder >> 1) ^ ((remainder & 1) != 0 ? 0xedb8'8320U : 0U);
        table[byte] = remainder;
    }
    return table;
}

inline constexpr auto crc32_table = make_crc32_table();

}  // namespace detail

[[nodiscard]] constexpr std::uint32_t crc32(std::string_view bytes) {
    std::uint32_t remainder = 0xffff'ffffU;
    for (const char byte : bytes)
        remainder =
            (remainder >> 8) ^ detail::crc32_table[(remainder ^ static_cast<std::uint8_t>(byte)) & 0xff];
    return ~remainder;
}

// The check value that every description of this CRC gives.
static_assert(crc32("123456789") == 0xcbf43926);

}  // namespace exitscope::model
