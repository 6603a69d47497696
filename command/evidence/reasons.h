// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Exit reasons as people and files spell them, and their facts.

#include <optional>
#include <string>
#include <string_view>

#include "model/exit_reason.h"

namespace exitscope::command::evidence {

/// The name in upper case, `REASON 35` for one that the manual does not define.
[[nodiscard]] std::string display_name(model::InstructionSet isa, model::ReasonNumber reason);

/// Decimal for VMX, 0x and lower-case hexadecimal for SVM.
[[nodiscard]] std::string reason_key(model::InstructionSet isa, model::ReasonNumber reason);

/// Reads a key spelled exactly as `reason_key` does; nothing for a reason that the manual does not define.
[[nodiscard]] std::optional<model::ReasonNumber> parse_reason(model::InstructionSet isa,
                                                              std::string_view key);

/// True for exits that the host's interrupts and timers cause, or that tell KVM when it may inject one.
[[nodiscard]] bool is_noise(model::InstructionSet isa, model::ReasonNumber reason);

/// True for the exits of PAUSE, which are noise in a workload that loops over it, and nowhere else.
[[nodiscard]] bool is_pause(model::InstructionSet isa, model::ReasonNumber reason);

}  // namespace exitscope::command::evidence
