// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "text/printable.h"

#include <fmt/core.h>

namespace exitscope::command::text {

std::string printable(std::string_view bytes) {
    constexpr std::size_t longest = 60;
    std::string text = "'";
    for (const char byte : bytes.substr(0, longest)) {
        const auto value = static_cast<unsigned char>(byte);
        if (value >= 0x20 && value < 0x7f)
            text += byte;
        else
            text += fmt::format("\\x{:02x}", value);
    }
    text += bytes.size() > longest ? "...'" : "'";
    return text;
}

}  // namespace exitscope::command::text
