// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Whether standard output is to be coloured.

#include <unistd.h>

#include <cstdlib>

namespace exitscope::command::text {

/// Source: no-color.org, "should not be an empty string".
[[nodiscard]] inline bool wants_colour() {
    const char* const no_color = std::getenv("NO_COLOR");
    return (no_color == nullptr || *no_color == '\0') && isatty(STDOUT_FILENO) == 1;
}

}  // namespace exitscope::command::text
