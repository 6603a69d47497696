// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Text for Markdown tables.

#include <string>
#include <string_view>

namespace exitscope::command::text {

/// A bar would end the cell; stars and angle brackets are markup.
[[nodiscard]] inline std::string markdown_escaped(std::string_view text) {
    std::string result;
    for (const char character : text) {
        if (character == '|' || character == '\\' || character == '*' || character == '<')
            result += '\\';
        result += character;
    }
    return result;
}

/// A name as code in a cell, in which a bar is escaped, too, and a backtick would end it.
[[nodiscard]] inline std::string markdown_code(std::string_view name) {
    std::string result{'`'};
    for (const char character : name) {
        if (character == '|')
            result += '\\';
        result += character == '`' ? '\'' : character;
    }
    return result + '`';
}

}  // namespace exitscope::command::text
