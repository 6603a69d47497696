// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "evidence/cost.h"

#include "text/number.h"

namespace exitscope::command::evidence {

namespace {

std::optional<ReportedCost> parse_cost(model::InstructionSet isa, std::string_view text) {
    const auto star = text.find('*');
    if (star == std::string_view::npos)
        return std::nullopt;
    const auto at = text.find('@', star);
    const auto reason = parse_reason(isa, text.substr(0, star));
    const auto exits =
        text::parse_decimal(text.substr(star + 1, at == std::string_view::npos ? at : at - star - 1));
    const auto what = at == std::string_view::npos ? std::string_view{} : text.substr(at + 1);
    if (!reason || !exits || *exits == 0 || (at != std::string_view::npos && what.empty()))
        return std::nullopt;
    return ReportedCost{*reason, *exits, std::string{what}};
}

/// Returns whether 64 bits hold all the sums.
bool add_up(Counts& sums, const ReportedCosts& costs, std::uint64_t repetitions) {
    for (const auto& cost : costs) {
        const auto product = text::multiply(cost.exits, repetitions);
        const auto sum = product ? text::add(count_of(sums, cost.reason), *product) : std::nullopt;
        if (!sum)
            return false;
        sums[cost.reason] = *sum;
    }
    return true;
}

}  // namespace

std::optional<ReportedCosts> parse_costs(model::InstructionSet isa, std::string_view text) {
    ReportedCosts costs;
    for (;;) {
        const auto comma = text.find(',');
        auto cost = parse_cost(isa, text.substr(0, comma));
        if (!cost)
            return std::nullopt;
        costs.push_back(std::move(*cost));
        if (comma == std::string_view::npos)
            return costs;
        text.remove_prefix(comma + 1);
    }
}

std::optional<Counts> price_of(const ReportedCosts& each, const ReportedCosts& once,
                               std::uint64_t repetitions) {
    Counts sums;
    if (!add_up(sums, each, repetitions) || !add_up(sums, once, 1))
        return std::nullopt;
    return sums;
}

}  // namespace exitscope::command::evidence
