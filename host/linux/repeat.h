// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// How far runs of one setting agree, phase by phase.

#include <string>
#include <vector>

#include "result.h"

namespace exitscope {

/// For each setting of several results: what differs among them, phase and reason, with the least and the
/// largest count; noise apart.
[[nodiscard]] std::string repeat_text(const std::vector<Result>& results);

}  // namespace exitscope
