// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The names of exit reasons, as abi/exit_reasons.def spells them.

#include <string_view>

#include "model/exit_reason.h"

namespace exitscope::model {

inline constexpr auto vmx_reason_names = std::to_array<std::string_view>({
#define EXIT_REASON_VMX(number, name) #name,
#include "exit_reasons.def"
});

inline constexpr auto svm_reason_names = std::to_array<std::string_view>({
#define EXIT_REASON_SVM(number, name) #name,
#include "exit_reasons.def"
});

/// In lower case; empty for a reason that the manual does not define.
[[nodiscard]] constexpr std::string_view name_of(InstructionSet isa, ReasonNumber reason) {
    const auto index = index_of(isa, reason);
    if (!index)
        return {};
    return isa == InstructionSet::svm ? svm_reason_names[*index] : vmx_reason_names[*index];
}

static_assert(name_of(InstructionSet::vmx, 48) == "ept_violation");
static_assert(name_of(InstructionSet::svm, 0x400) == "npf");
static_assert(name_of(InstructionSet::vmx, 35).empty() && name_of(InstructionSet::unknown, 0).empty());

}  // namespace exitscope::model
