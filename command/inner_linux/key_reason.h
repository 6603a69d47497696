// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Why a reason's count is what it is under either kind of paging, in a sentence.

#include <string_view>

#include "evidence/reasons.h"

namespace exitscope::command::inner_linux {

/// Empty for a reason of which there is nothing to say.
[[nodiscard]] std::string_view why_of(model::InstructionSet isa, model::ReasonNumber reason);

}  // namespace exitscope::command::inner_linux
