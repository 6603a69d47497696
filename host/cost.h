// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What the guest's oracle says of a workload: what each step costs, and what the first costs on top.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "counts.h"

namespace exitscope {

/// Some exits of one reason and the thing that caused them, such as `port:0x80`; that may be empty.
struct Cost {
    ReasonNumber reason = 0;
    std::uint64_t exits = 0;
    std::string what{};

    bool operator==(const Cost&) const = default;
};

/// In the oracle's order; a reason may stand there several times.
using Costs = std::vector<Cost>;

/// Reads `30*1@port:0x80,32*2`; nothing where it is spelled in any other way or a reason is unknown.
[[nodiscard]] std::optional<Costs> parse_costs(InstructionSet isa, std::string_view text);

/// `once + repetitions x each`, by reason; nothing where 64 bits cannot hold it.
[[nodiscard]] std::optional<Counts> price_of(const Costs& each, const Costs& once, std::uint64_t repetitions);

}  // namespace exitscope
