// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The counters compared with an independent witness: the host's kvm_exit tracepoint.

#include <string>
#include <vector>

#include "evidence/tracepoint.h"
#include "result/result.h"

namespace exitscope::command::compare {

/// One reason, counted twice.
struct Testimony {
    model::ReasonNumber reason = 0;
    /// The last reading and what the guest knows to come after it.
    std::uint64_t counted = 0;
    std::uint64_t traced = 0;
    bool noise = false;

    /// Equal; for noise, which may still come in after the last reading, not less than counted.
    [[nodiscard]] bool agrees() const { return noise ? traced >= counted : traced == counted; }

    bool operator==(const Testimony&) const = default;
};

/// Every reason that either saw, ascending. Throws InputError where the two cannot be compared: no last
/// reading, or another instruction set.
[[nodiscard]] std::vector<Testimony> compare(const result::Result& result,
                                             const evidence::Tracepoint& tracepoint);

[[nodiscard]] bool all_agree(const std::vector<Testimony>& testimonies);

/// A table of the reasons that differ, or one line of agreement; noise apart.
[[nodiscard]] std::string witness_text(model::InstructionSet isa, const std::vector<Testimony>& testimonies);

}  // namespace exitscope::command::compare
