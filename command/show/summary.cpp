// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "show/summary.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>

namespace exitscope::command::show {

namespace {

struct Sums {
    std::uint64_t samples = 0;
    std::uint64_t ticks = 0;
};

double percent(std::uint64_t part, std::uint64_t whole) {
    return whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

std::vector<ReasonSummary> summary_of(const result::Result& result) {
    std::map<model::ReasonNumber, Sums> reasons;
    Sums all;
    for (const auto& workload : result.workloads) {
        for (const auto& [reason, count] : workload.exits) {
            const auto ticks = workload.window ? evidence::count_of(workload.window->cycles, reason) : 0;
            reasons[reason].samples += count;
            reasons[reason].ticks += ticks;
            all.samples += count;
            all.ticks += ticks;
        }
    }
    std::vector<ReasonSummary> summary;
    for (const auto& [reason, sums] : reasons) {
        ReasonSummary row{.reason = evidence::display_name(result.isa(), reason),
                          .samples = sums.samples,
                          .samples_percent = percent(sums.samples, all.samples)};
        if (all.ticks != 0 && sums.samples != 0) {
            row.time_percent = percent(sums.ticks, all.ticks);
            row.average_ticks = sums.ticks / sums.samples;
        }
        summary.push_back(std::move(row));
    }
    std::ranges::stable_sort(summary, std::ranges::greater{}, &ReasonSummary::samples);
    return summary;
}

std::string percent_text(const std::optional<double>& percent) {
    return percent ? fmt::format("{:.2f}%", *percent) : "-";
}

std::string ticks_text(const ReasonSummary& row) {
    return row.average_ticks ? fmt::format("{}", *row.average_ticks) : "-";
}

std::string time_note(const result::Result& result) {
    return result.host && result.host->time_is_emulated()
               ? "Time is emulated here: Time% and ticks mean nothing.\n"
               : "";
}

}  // namespace exitscope::command::show
