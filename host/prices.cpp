// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "prices.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "file.h"

namespace exitscope {

namespace {

/// What caused the exits of one reason, as the oracle says it: ` (msr:0x838, 2 msr:0x80b)`.
std::string causes_of(const Costs& costs, ReasonNumber reason) {
    std::string text;
    for (const auto& cost : costs) {
        if (cost.reason != reason || cost.what.empty())
            continue;
        const auto entries = std::ranges::count(costs, reason, &Cost::reason);
        const auto number = cost.exits == 1 || entries == 1 ? std::string{} : fmt::format("{} ", cost.exits);
        text += fmt::format("{}{}{}", text.empty() ? " (" : ", ", number, cost.what);
    }
    return text.empty() ? text : text + ")";
}

std::string counts_text(InstructionSet isa, const Counts& counts, const Costs& costs) {
    std::string text;
    for (const auto& [reason, count] : counts) {
        if (count != 0)
            text += fmt::format("{}{} {}{}", text.empty() ? "" : ", ", count, display_name(isa, reason),
                                causes_of(costs, reason));
    }
    return text;
}

}  // namespace

MeasuredPrice measured_price(const WorkloadReport& workload) {
    MeasuredPrice price;
    const auto repetitions = workload.iterations;
    std::set<ReasonNumber> reasons;
    for (const auto* const counts : {&workload.exits, &workload.doubled}) {
        for (const auto& [reason, count] : *counts)
            reasons.insert(reason);
    }
    for (const ReasonNumber reason : reasons) {
        const auto single = count_of(workload.exits, reason);
        const auto twice = count_of(workload.doubled, reason);
        const bool rises = twice >= single && repetitions != 0 && (twice - single) % repetitions == 0;
        if (!rises || single < twice - single)
            throw InputError(
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

std::string price_text(InstructionSet isa, const WorkloadReport& workload) {
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

}  // namespace exitscope
