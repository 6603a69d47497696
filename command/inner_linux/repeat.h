// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What differs between runs of one setting, phase by phase.

#include <string>
#include <vector>

#include "result/result.h"

namespace exitscope::command::inner_linux {

/// For each setting of several results: what differs among them, phase and reason, with the least and the
/// largest count; noise apart.
[[nodiscard]] std::string repeat_text(const std::vector<result::Result>& results);

}  // namespace exitscope::command::inner_linux
