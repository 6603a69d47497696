// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Exit reasons in words.

#include <array>
#include <cstddef>

#include "model/exit_reason.h"

namespace exitscope::exitstat {

/// Longer than any name, with its end.
inline constexpr std::size_t name_capacity = 48;
using ReasonName = std::array<char, name_capacity>;

/// The name of the reason at `index` of `reasons_of(isa)`, in upper case, as a C string.
[[nodiscard]] ReasonName name_of_reason(model::InstructionSet isa, std::size_t index);

/// Its number as the manual prints it, as a C string: decimal for VMX, 0x and hexadecimal for SVM.
[[nodiscard]] ReasonName key_of_reason(model::InstructionSet isa, std::size_t index);

}  // namespace exitscope::exitstat
