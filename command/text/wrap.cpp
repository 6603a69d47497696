// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "text/wrap.h"

#include <sstream>

namespace exitscope::command::text {

std::string wrap(const std::string& text, std::size_t width, std::size_t indent) {
    std::istringstream words{text};
    std::string lines;
    std::size_t used = 0;
    for (std::string word; words >> word; used += word.size()) {
        if (used != 0 && used + 1 + word.size() > width) {
            lines += "\n" + std::string(indent, ' ');
            used = 0;
        } else if (used != 0) {
            lines += ' ';
            ++used;
        }
        lines += word;
    }
    return lines;
}

}  // namespace exitscope::command::text
