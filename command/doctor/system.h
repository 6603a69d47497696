// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Questions to this system.

#include <string>

namespace exitscope::command::doctor {

[[nodiscard]] bool is_in_path(const std::string& program);

/// Is the source of that Linux version on this machine?
[[nodiscard]] bool has_source(const std::string& version);

}  // namespace exitscope::command::doctor
