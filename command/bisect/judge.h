// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What the count at one commit says of it.

#include <optional>
#include <string>

#include "bisect/request.h"
#include "result/result.h"

namespace exitscope::command::bisect {

/// The exits of the workload that is looked at, those of one reason or all; nothing where the run has no
/// exact count of it (not reported, SKIP or ERROR). Throws InputError for a reason that there is none.
[[nodiscard]] std::optional<evidence::Counts> counts_looked_at(const result::Result& result,
                                                               const BisectRequest& request);

enum class ChangeSide : std::uint8_t {
    /// The count is that of the good commit.
    before,
    /// That of the bad one.
    after,
    neither
};

[[nodiscard]] ChangeSide judge(const evidence::Counts& counts, const evidence::Counts& good,
                               const evidence::Counts& bad);

/// `CPUID 100, HLT 3`, or `no exit`.
[[nodiscard]] std::string text_of(model::InstructionSet isa, const evidence::Counts& counts);

}  // namespace exitscope::command::bisect
