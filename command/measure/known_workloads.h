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

}  // namespace exitscope::command::measure
