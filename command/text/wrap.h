// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Text in lines of a limited width.

#include <cstddef>
#include <string>

namespace exitscope::command::text {

/// Words of `text` in lines of at most `width` characters, those after the first indented by `indent` blanks.
/// A word that is longer has a line of its own.
[[nodiscard]] std::string wrap(const std::string& text, std::size_t width, std::size_t indent);

}  // namespace exitscope::command::text
