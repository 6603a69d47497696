// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Exits that the guest cannot control: counted, shown apart, never judged.

#include <span>
#include <string>

#include "result/result.h"

namespace exitscope::command::print {

/// One line with the sums by reason and setting, as `noise, not judged: INTR 12 (npt=1)`.
[[nodiscard]] std::string noise_summary(std::span<const result::Result> results);

}  // namespace exitscope::command::print
