// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "evidence/counts.h"

#include <fmt/core.h>

#include <set>

#include "text/number.h"

namespace exitscope::command::evidence {

namespace {

std::set<model::ReasonNumber> reasons_in(const Counts& one, const Counts& other) {
    std::set<model::ReasonNumber> reasons;
    for (const Counts* const counts : {&one, &other}) {
        for (const auto& [reason, count] : *counts)
            reasons.insert(reason);
    }
    return reasons;
}

}  // namespace

std::uint64_t count_of(const Counts& counts, model::ReasonNumber reason) {
    const auto found = counts.find(reason);
    return found == counts.end() ? 0 : found->second;
}

std::optional<std::uint64_t> sum_of(const Counts& counts) {
    std::optional<std::uint64_t> sum = 0;
    for (const auto& [reason, count] : counts) {
        sum = text::add(*sum, count);
        if (!sum)
            break;
    }
    return sum;
}

std::string sum_text(std::optional<std::uint64_t> sum) {
    return sum ? fmt::format("{}", *sum) : "more than 64 bits hold";
}

bool same_counts(const Counts& one, const Counts& other) {
    return differences(model::InstructionSet::unknown, one, other).empty();
}

std::string differences(model::InstructionSet isa, const Counts& expected, const Counts& found) {
    std::string text;
    for (const model::ReasonNumber reason : reasons_in(expected, found)) {
        const std::uint64_t expected_count = count_of(expected, reason);
        const std::uint64_t found_count = count_of(found, reason);
        if (expected_count == found_count)
            continue;
        text += fmt::format("{}{}: expected {}, found {}", text.empty() ? "" : "; ",
                            display_name(isa, reason), expected_count, found_count);
    }
    return text;
}

}  // namespace exitscope::command::evidence
