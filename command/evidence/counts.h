// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// How often each exit reason occurred.

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "evidence/reasons.h"

namespace exitscope::command::evidence {

/// Ascending by reason; a reason that is missing occurred 0 times.
using Counts = std::map<model::ReasonNumber, std::uint64_t>;

[[nodiscard]] std::uint64_t count_of(const Counts& counts, model::ReasonNumber reason);

/// The sum of all counts; nothing where 64 bits cannot hold it.
[[nodiscard]] std::optional<std::uint64_t> sum_of(const Counts& counts);

/// The sum, or that 64 bits cannot hold it.
[[nodiscard]] std::string sum_text(std::optional<std::uint64_t> sum);

/// Whether both hold the same counts, where a missing count is 0.
[[nodiscard]] bool same_counts(const Counts& one, const Counts& other);

/// The reasons that differ, as `HLT: expected 100, found 99; ...`.
[[nodiscard]] std::string differences(model::InstructionSet isa, const Counts& expected, const Counts& found);

}  // namespace exitscope::command::evidence
