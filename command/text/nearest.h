// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Which name was meant by a mistyped one.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace exitscope::command::text {

/// How many letters have to be put in, taken out or changed to make one of the other.
[[nodiscard]] std::size_t distance(std::string_view one, std::string_view other);

/// Of several names that are as near, the first. Empty without names.
[[nodiscard]] std::string nearest(std::string_view name, std::span<const std::string> names);

}  // namespace exitscope::command::text
