// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// A line of text that is made in pieces and written at once, so that nobody's text comes in between.

#include <algorithm>
#include <array>
#include <cstdarg>
#include <cstdio>
#include <string_view>

namespace exitscope::exitstat {

/// Has room for all reasons with the largest numbers; what is longer is cut, which its check sum shows.
class OutputLine {
public:
    [[gnu::format(printf, 2, 3)]] void add(const char* format, ...) {
        va_list values;
        va_start(values, format);
        const int size = std::vsnprintf(room_.data() + size_, room_.size() - size_, format, values);
        va_end(values);
        if (size > 0)
            size_ = std::min(size_ + static_cast<std::size_t>(size), room_.size() - 1);
    }

    void clear() { size_ = 0; }

    [[nodiscard]] std::string_view view() const { return {room_.data(), size_}; }

private:
    std::array<char, 32768> room_{};
    std::size_t size_ = 0;
};

}  // namespace exitscope::exitstat
