// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Text of bounded length, put together without a heap.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace exitscope::report {

/// Appends to a caller's characters; what does not fit is dropped.
class TextWriter {
public:
    constexpr explicit TextWriter(std::span<char> room) : room_{room} {}

    constexpr TextWriter& text(std::string_view text) {
        for (const char character : text)
            put(character);
        return *this;
    }

    constexpr TextWriter& decimal(std::uint64_t value) { return number(value, 10, 1); }

    /// Lower case, with leading zeros up to `digits`, without 0x.
    constexpr TextWriter& hexadecimal(std::uint64_t value, std::size_t digits = 1) {
        return number(value, 16, digits);
    }

    constexpr void clear() { size_ = 0; }

    [[nodiscard]] constexpr std::string_view view() const { return {room_.data(), size_}; }

private:
    constexpr void put(char character) {
        if (size_ < room_.size())
            room_[size_++] = character;
    }

    constexpr TextWriter& number(std::uint64_t value, unsigned base, std::size_t digits) {
        std::array<char, 20> reversed{};
        std::size_t count = 0;
        do {
            reversed[count++] = "0123456789abcdef"[value % base];
            value /= base;
        } while (value != 0);
        for (std::size_t pad = count; pad < digits; ++pad)
            put('0');
        while (count > 0)
            put(reversed[--count]);
        return *this;
    }

    std::span<char> room_;
    std::size_t size_ = 0;
};

/// A TextWriter with room of its own.
template <std::size_t Capacity>
class Text : public TextWriter {
public:
    constexpr Text() : TextWriter{room_} {}

    Text(const Text&) = delete;
    Text& operator=(const Text&) = delete;

private:
    std::array<char, Capacity> room_{};
};

}  // namespace exitscope::report
