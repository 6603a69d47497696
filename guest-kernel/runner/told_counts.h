// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Counts of windows that the command line tells, because they were counted from outside in the boot before:
// `0x72:3,0x400:1;;0x7b:1` are the exits of three windows, none in the second.

#include <cstdint>
#include <optional>
#include <string_view>

#include "model/count_table.h"
#include "runner/command_line.h"

namespace exitscope::runner {

namespace detail {

/// Cuts off `text` what stands before `separator`, which may be nothing.
constexpr std::string_view cut_before(std::string_view& text, char separator) {
    std::size_t length = 0;
    while (length < text.size() && text[length] != separator)
        ++length;
    const std::string_view part{text.data(), length};
    text.remove_prefix(length < text.size() ? length + 1 : length);
    return part;
}

/// Decimal, or hexadecimal after 0x.
constexpr std::optional<std::uint64_t> parse_number(std::string_view text) {
    const bool hexadecimal = text.starts_with("0x");
    if (hexadecimal)
        text.remove_prefix(2);
    if (text.empty() || text.size() > 15)
        return std::nullopt;
    std::uint64_t value = 0;
    for (const char digit : text) {
        const bool decimal = digit >= '0' && digit <= '9';
        if (!decimal && !(hexadecimal && digit >= 'a' && digit <= 'f'))
            return std::nullopt;
        value = value * (hexadecimal ? 16 : 10) +
                static_cast<std::uint64_t>(decimal ? digit - '0' : digit - 'a' + 10);
    }
    return value;
}

}  // namespace detail

/// How many windows `told` has.
[[nodiscard]] constexpr std::uint64_t told_windows(std::string_view told) {
    std::uint64_t windows = 0;
    for (; !told.empty(); ++windows)
        detail::cut_before(told, ';');
    return windows;
}

/// Adds the exits of one window to `exits`, whose instruction set is set. False for text that is none.
[[nodiscard]] constexpr bool read_told(std::string_view told, std::uint64_t window,
                                       model::CountTable& exits) {
    for (std::uint64_t index = 0; index < window; ++index)
        detail::cut_before(told, ';');
    for (auto rest = detail::cut_before(told, ';'); !rest.empty();) {
        auto pair = detail::cut_before(rest, ',');
        const auto reason = detail::parse_number(detail::cut_before(pair, ':'));
        const auto count = detail::parse_number(pair);
        if (!reason || !count || *reason > 0xffff)
            return false;
        const auto place = model::index_of(exits.isa, static_cast<model::ReasonNumber>(*reason));
        if (!place)
            return false;
        exits.by_index[*place] += *count;
    }
    return true;
}

/// Whether `told` has that many windows, each of them counts of reasons of `isa`.
[[nodiscard]] constexpr bool told_fits(std::string_view told, std::uint64_t windows,
                                       model::InstructionSet isa) {
    if (told_windows(told) != windows)
        return false;
    for (std::uint64_t window = 0; window < windows; ++window) {
        model::CountTable exits;
        exits.isa = isa;
        if (!read_told(told, window, exits))
            return false;
    }
    return true;
}

}  // namespace exitscope::runner
