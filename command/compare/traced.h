// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The counters compared with what the host's kvm_exit tracepoint counted by itself.

#include <string>
#include <vector>

#include "evidence/tracepoint.h"
#include "result/result.h"

namespace exitscope::command::compare {

/// The exits of one reason, counted by both.
struct TracedReason {
    model::ReasonNumber reason = 0;
    /// The last reading and what the guest knows to come after it.
    std::uint64_t counted = 0;
    std::uint64_t traced = 0;
    bool noise = false;

    /// Equal; for noise, which may still come in after the last reading, not less than counted.
    [[nodiscard]] bool agrees() const { return noise ? traced >= counted : traced == counted; }

    bool operator==(const TracedReason&) const = default;
};

/// Every reason that either counted, ascending. Throws InputError where the two cannot be compared: no last
/// reading, or another instruction set.
[[nodiscard]] std::vector<TracedReason> compare_with_tracepoint(const result::Result& result,
                                                                const evidence::Tracepoint& tracepoint);

[[nodiscard]] bool all_agree(const std::vector<TracedReason>& reasons);

/// A table of the reasons that differ, or one line of agreement; noise apart.
[[nodiscard]] std::string traced_text(model::InstructionSet isa, const std::vector<TracedReason>& reasons);

}  // namespace exitscope::command::compare
