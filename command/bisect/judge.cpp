// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "bisect/judge.h"

#include <fmt/core.h>

#include "text/file.h"

namespace exitscope::command::bisect {

std::optional<evidence::Counts> counts_looked_at(const result::Result& result, const BisectRequest& request) {
    const auto* const workload = result::find_workload(result, request.workload);
    if (workload == nullptr ||
        (workload->verdict != model::Verdict::pass && workload->verdict != model::Verdict::fail))
        return std::nullopt;
    if (request.reason.empty())
        return workload->exits;
    const auto reason = evidence::parse_reason(request.setting.isa, request.reason);
    if (!reason)
        throw text::InputError(fmt::format("--reason: {} is no exit reason of {}", request.reason,
                                           name_of(request.setting.isa)));
    const auto count = evidence::count_of(workload->exits, *reason);
    return count == 0 ? evidence::Counts{} : evidence::Counts{{*reason, count}};
}

ChangeSide judge(const evidence::Counts& counts, const evidence::Counts& good, const evidence::Counts& bad) {
    if (evidence::same_counts(counts, good))
        return ChangeSide::before;
    return evidence::same_counts(counts, bad) ? ChangeSide::after : ChangeSide::neither;
}

std::string text_of(model::InstructionSet isa, const evidence::Counts& counts) {
    std::string text;
    for (const auto& [reason, count] : counts) {
        if (count != 0)
            text +=
                fmt::format("{}{} {}", text.empty() ? "" : ", ", evidence::display_name(isa, reason), count);
    }
    return text.empty() ? "no exit" : text;
}

}  // namespace exitscope::command::bisect
