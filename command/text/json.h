// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// JSON for those that write it. Its header takes more than a second in each unit that includes it; those that
// only read take text/json_value.h.

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace exitscope::command::text {

/// Keeps the order in which members are added.
using Json = nlohmann::ordered_json;

/// How many objects and arrays may stand within each other; result files have 6.
inline constexpr int deepest_json = 64;

/// Reads a whole text as one JSON object. Throws InputError, which begins with `source`, also where a member
/// stands twice or the nesting is deeper than `deepest_json`.
[[nodiscard]] Json parse_json(std::string_view text, std::string_view source);

/// The text of a JSON value, as it is written to a file.
[[nodiscard]] std::string json_text(const Json& json);

}  // namespace exitscope::command::text
