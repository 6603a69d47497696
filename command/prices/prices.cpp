// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "prices/prices.h"

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "text/file.h"

namespace exitscope::command::prices {

namespace {

/// What caused the exits of one reason, as the oracle says it: ` (msr:0x838, 2 msr:0x80b)`.
std::string causes_of(const evidence::ReportedCosts& costs, model::ReasonNumber reason) {
    std::string text;
    for (const auto& cost : costs) {
        if (cost.reason != reason || cost.what.empty())
            continue;
        const auto entries = std::ranges::count(costs, reason, &evidence::ReportedCost::reason);
        const auto number = cost.exits == 1 || entries == 1 ? std::string{} : fmt::format("{} ", cost.exits);
        text += fmt::format("{}{}{}", text.empty() ? " (" : ", ", number, cost.what);
    }
    return text.empty() ? text : text + ")";
}

std::string counts_text(model::InstructionSet isa, const evidence::Counts& counts,
                        const evidence::ReportedCosts& costs) {
    std::string text;
    for (const auto& [reason, count] : counts) {
        if (count != 0)
            text += fmt::format("{}{} {}{}", text.empty() ? "" : ", ", count,
                                evidence::display_name(isa, reason), causes_of(costs, reason));
    }
    return text;
}

}  // namespace

MeasuredPrice measured_price(const report::WorkloadReport& workload) {
    MeasuredPrice price;
    const auto repetitions = workload.iterations;
    std::set<model::ReasonNumber> reasons;
    for (const auto* const counts : {&workload.exits, &workload.doubled}) {
        for (const auto& [reason, count] : *counts)
            reasons.insert(reason);
    }
    for (const model::ReasonNumber reason : reasons) {
        const auto single = evidence::count_of(workload.exits, reason);
        const auto twice = evidence::count_of(workload.doubled, reason);
        const bool rises = twice >= single && repetitions != 0 && (twice - single) % repetitions == 0;
        if (!rises || single < twice - single)
            throw text::InputError(
                fmt::format("{}: {} exits in {} iterations and {} in twice as many are on no straight line; "
                            "measure again",
                            workload.name, single, repetitions, twice));
        if (twice != single)
            price.each[reason] = (twice - single) / repetitions;
        if (single != twice - single)
            price.once[reason] = single - (twice - single);
    }
    return price;
}

std::string price_text(model::InstructionSet isa, const report::WorkloadReport& workload) {
    const auto [each, once] = measured_price(workload);
    auto text = counts_text(isa, each, workload.each);
    if (text.empty())
        text = "0";
    if (!once.empty())
        text += " + once " + counts_text(isa, once, workload.once);
    if (!workload.vm_exits.empty())
        text += fmt::format(", in all vCPUs {} for {} steps", counts_text(isa, workload.vm_exits, {}),
                            workload.iterations);
    return text;
}

}  // namespace exitscope::command::prices
