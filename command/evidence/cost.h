// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What the guest's oracle says of a workload: what each step costs, and what the first costs in addition.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/counts.h"

namespace exitscope::command::evidence {

/// Some exits of one reason and the thing that caused them, such as `port:0x80`; that may be empty.
struct ReportedCost {
    model::ReasonNumber reason = 0;
    std::uint64_t exits = 0;
    std::string what{};

    bool operator==(const ReportedCost&) const = default;
};

/// In the oracle's order; a reason may stand there several times.
using ReportedCosts = std::vector<ReportedCost>;

/// Reads `30*1@port:0x80,32*2`; nothing where it is spelled in any other way or a reason is unknown.
[[nodiscard]] std::optional<ReportedCosts> parse_costs(model::InstructionSet isa, std::string_view text);

/// `once + repetitions x each`, by reason; nothing where 64 bits cannot hold it.
[[nodiscard]] std::optional<Counts> price_of(const ReportedCosts& each, const ReportedCosts& once,
                                             std::uint64_t repetitions);

}  // namespace exitscope::command::evidence
