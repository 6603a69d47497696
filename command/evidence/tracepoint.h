// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What the host's kvm_exit tracepoint counted of a VM, from its first exit to its last (kvm_exit.json).

#include <string_view>

#include "evidence/counts.h"

namespace exitscope::command::evidence {

struct Tracepoint {
    model::InstructionSet isa = model::InstructionSet::unknown;
    Counts counts;

    bool operator==(const Tracepoint&) const = default;
};

/// Throws InputError.
[[nodiscard]] Tracepoint read_tracepoint(std::string_view text, std::string_view source);

}  // namespace exitscope::command::evidence
