// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Bytes from a serial line, made fit to be shown.

#include <string>
#include <string_view>

namespace exitscope::command::text {

/// Quoted, with `\xNN` for whatever is not printable ASCII, and cut after 60 characters.
[[nodiscard]] std::string printable(std::string_view bytes);

}  // namespace exitscope::command::text
