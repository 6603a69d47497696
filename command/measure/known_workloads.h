// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The workloads of the guest kernel that is built beside this command.

#include <optional>
#include <string>
#include <string_view>

namespace exitscope::command::measure {

/// What is wrong with names separated by commas, or `all`; nothing where each is a workload. It names the
/// first that is none, and the one whose name is nearest.
[[nodiscard]] std::optional<std::string> unknown_workload(std::string_view names);

/// How many letters have to be put in, taken out or changed to make one of the other.
[[nodiscard]] std::size_t distance(std::string_view one, std::string_view other);

}  // namespace exitscope::command::measure
