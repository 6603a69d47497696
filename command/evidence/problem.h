// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Why a run is not a plain PASS, and what the command's exit code says of it.

#include <string>

#include "model/verdict.h"

namespace exitscope::command::evidence {

struct Problem {
    model::Verdict verdict = model::Verdict::error;
    std::string message{};

    bool operator==(const Problem&) const = default;
};

/// The exit code of the exitscope command: 0 PASS, 1 FAIL, 2 ERROR, 3 CRASH, 77 SKIP.
[[nodiscard]] int exit_code_of(model::Verdict verdict);

}  // namespace exitscope::command::evidence
