// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "counts.h"

#include <fmt/format.h>

#include <set>

#include "number.h"

namespace exitscope {

namespace {

std::set<ReasonNumber> reasons_in(const Counts& one, const Counts& other) {
    std::set<ReasonNumber> reasons;
    for (const Counts* const counts : {&one, &other}) {
        for (const auto& [reason, count] : *counts)
            reasons.insert(reason);
    }
    return reasons;
}

}  // namespace

std::uint64_t count_of(const Counts& counts, ReasonNumber reason) {
    const auto found = counts.find(reason);
    return found == counts.end() ? 0 : found->second;
}

std::optional<std::uint64_t> sum_of(const Counts& counts) {
    std::optional<std::uint64_t> sum = 0;
    for (const auto& [reason, count] : counts) {
        sum = add(*sum, count);
        if (!sum)
            break;
    }
    return sum;
}

bool same_counts(const Counts& one, const Counts& other) {
    return differences(InstructionSet::unknown, one, other).empty();
}

std::string differences(InstructionSet isa, const Counts& expected, const Counts& found) {
    std::string text;
    for (const ReasonNumber reason : reasons_in(expected, found)) {
        const std::uint64_t wanted = count_of(expected, reason);
        const std::uint64_t came = count_of(found, reason);
        if (wanted == came)
            continue;
        text += fmt::format("{}{}: expected {}, found {}", text.empty() ? "" : "; ",
                            display_name(isa, reason), wanted, came);
    }
    return text;
}

}  // namespace exitscope
