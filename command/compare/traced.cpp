// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "compare/traced.h"

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "text/file.h"
#include "text/number.h"

namespace exitscope::command::compare {

namespace {

evidence::Counts after_last_reading(const result::Result& result) {
    evidence::Counts after = result.final_reading->after;
    if (result.terminal) {
        // Nobody in the guest can count what ends it.
        for (const auto& [reason, count] : result.terminal->expected)
            after[reason] = std::max(evidence::count_of(after, reason), count);
    }
    return after;
}

}  // namespace

std::vector<TracedReason> compare_with_tracepoint(const result::Result& result,
                                                  const evidence::Tracepoint& tracepoint) {
    if (!result.final_reading)
        throw text::InputError(
            "the result has no last reading of the counters (the record `final`), so there is nothing "
            "to compare; run the setting again");
    if (result.isa() != tracepoint.isa)
        throw text::InputError(
            fmt::format("the result counts {} exits, the tracepoint {} exits; they are of different runs",
                        name_of(result.isa()), name_of(tracepoint.isa)));
    const auto& exits = result.final_reading->exits;
    const auto after = after_last_reading(result);
    std::set<model::ReasonNumber> counted_by_either;
    for (const evidence::Counts* const counts : {&exits, &after, &tracepoint.counts}) {
        for (const auto& [reason, count] : *counts) {
            if (count != 0)
                counted_by_either.insert(reason);
        }
    }
    std::vector<TracedReason> reasons;
    for (const model::ReasonNumber reason : counted_by_either) {
        const auto counted = text::add(evidence::count_of(exits, reason), evidence::count_of(after, reason));
        if (!counted)
            throw text::InputError(fmt::format("{}: more exits than 64 bits hold; the result is of no use",
                                               evidence::display_name(result.isa(), reason)));
        reasons.push_back({reason, *counted, evidence::count_of(tracepoint.counts, reason),
                           evidence::is_noise(result.isa(), reason)});
    }
    return reasons;
}

bool all_agree(const std::vector<TracedReason>& reasons) {
    return std::ranges::all_of(reasons, &TracedReason::agrees);
}

}  // namespace exitscope::command::compare
