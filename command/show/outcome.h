// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What the formats that list tests say of the run as a whole.

#include <string>

#include "result/result.h"

namespace exitscope::command::show {

/// The worst problem, or the verdict's name where there is none.
[[nodiscard]] inline std::string message_of(const result::Result& result) {
    return result.problems.empty() ? std::string{name_of(result.verdict)} : result.problems.front().message;
}

}  // namespace exitscope::command::show
