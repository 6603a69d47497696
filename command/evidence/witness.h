// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What somebody else than the counters counted of a VM, from its first exit to its last.

#include <string_view>

#include "evidence/counts.h"

namespace exitscope::command::evidence {

struct Witness {
    /// As messages name it, `the tracepoint kvm_exit`.
    std::string_view name;
    model::InstructionSet isa = model::InstructionSet::unknown;
    Counts counts;
    /// Those of `counts` that were VM entries which failed; where the witness can tell.
    std::uint64_t failed_entries = 0;

    bool operator==(const Witness&) const = default;
};

}  // namespace exitscope::command::evidence
