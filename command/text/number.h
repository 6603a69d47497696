// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Unsigned 64-bit numbers, read strictly, added and multiplied without wrapping.

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace exitscope::command::text {

/// Reads a decimal; nothing for signs, spaces, leading zeros and what 64 bits cannot hold.
[[nodiscard]] inline std::optional<std::uint64_t> parse_decimal(std::string_view text) {
    if (text.empty() || (text.size() > 1 && text.front() == '0'))
        return std::nullopt;
    std::uint64_t value = 0;
    const char* const end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, value, 10);
    if (error != std::errc{} || rest != end)
        return std::nullopt;
    return value;
}

/// The sum; nothing where 64 bits cannot hold it.
[[nodiscard]] constexpr std::optional<std::uint64_t> add(std::uint64_t one, std::uint64_t other) {
    const std::uint64_t sum = one + other;
    if (sum < one)
        return std::nullopt;
    return sum;
}

/// The product; nothing where 64 bits cannot hold it.
[[nodiscard]] constexpr std::optional<std::uint64_t> multiply(std::uint64_t one, std::uint64_t other) {
    if (other != 0 && one > UINT64_MAX / other)
        return std::nullopt;
    return one * other;
}

static_assert(add(UINT64_MAX - 1, 1) == UINT64_MAX);
static_assert(!add(UINT64_MAX, 1));
static_assert(multiply(UINT64_MAX / 3, 3) == UINT64_MAX);
static_assert(!multiply(UINT64_MAX / 3 + 1, 3));

}  // namespace exitscope::command::text
