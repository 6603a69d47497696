// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "compare/witnessed.h"

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
    } else if (result.qemu_status == 0) {
        // Without isa-debug-exit the guest cannot end QEMU. It halts, and is looked at while it does.
        ++after[reason_of(result.isa(), model::VmxExitReason::hlt, model::SvmExitReason::hlt)];
    }
    return after;
}

}  // namespace

std::vector<WitnessedReason> compare_with_witness(const result::Result& result,
                                                  const evidence::Witness& witness) {
    if (!result.final_reading)
        throw text::InputError(
            "the result has no last reading of the counters (the record `final`), so there is nothing "
            "to compare; run the setting again");
    if (result.isa() != witness.isa)
        throw text::InputError(fmt::format("the result is of {}, {} of {}; they are of different runs",
                                           name_of(result.isa()), witness.name, name_of(witness.isa)));
    const auto& exits = result.final_reading->exits;
    const auto after = after_last_reading(result);
    std::set<model::ReasonNumber> counted_by_either;
    for (const evidence::Counts* const counts : {&exits, &after, &witness.counts}) {
        for (const auto& [reason, count] : *counts) {
            if (count != 0)
                counted_by_either.insert(reason);
        }
    }
    std::vector<WitnessedReason> reasons;
    for (const model::ReasonNumber reason : counted_by_either) {
        const auto counted = text::add(evidence::count_of(exits, reason), evidence::count_of(after, reason));
        if (!counted)
            throw text::InputError(fmt::format("{}: more exits than 64 bits hold; the result is of no use",
                                               evidence::display_name(result.isa(), reason)));
        reasons.push_back({reason, *counted, evidence::count_of(witness.counts, reason),
                           evidence::is_noise(result.isa(), reason)});
    }
    return reasons;
}

bool all_agree(const std::vector<WitnessedReason>& reasons) {
    return std::ranges::all_of(reasons, &WitnessedReason::agrees);
}

}  // namespace exitscope::command::compare
