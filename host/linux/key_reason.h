// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Why a reason's count is what it is under either kind of paging, in a sentence.

#include <string_view>

#include "reasons.h"

namespace exitscope {

/// Empty for a reason of which there is nothing to say.
[[nodiscard]] std::string_view why_of(InstructionSet isa, ReasonNumber reason);

}  // namespace exitscope
