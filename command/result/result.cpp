// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "result/result.h"

#include <algorithm>

#include "result/label.h"

namespace exitscope::command::result {

namespace {

std::string_view paging_by_counts(const report::Report& report) {
    const auto claims = claims_of_counts(report);
    if (claims.empty())
        return "silent";
    return claims.size() == 1 ? name_of(claims.front().paging) : "contradictory";
}

std::optional<evidence::Counts> terminal_traced(const report::Report& report,
                                                const std::optional<evidence::Witness>& tracepoint) {
    if (!report.terminal || !tracepoint)
        return std::nullopt;
    evidence::Counts traced;
    for (const auto& [reason, expected] : report.terminal->expected)
        traced[reason] = evidence::count_of(tracepoint->counts, reason);
    return traced;
}

}  // namespace

const report::WorkloadReport* find_workload(const Result& result, std::string_view name) {
    const auto found = std::ranges::find(result.workloads, name, &report::WorkloadReport::name);
    return found == result.workloads.end() ? nullptr : &*found;
}

Result make_result(const report::Report& report, const Circumstances& circumstances) {
    auto [verdict, problems] = judge(report, circumstances);
    return {.setting = std::string{circumstances.asked.name},
            .verdict = verdict,
            .problems = std::move(problems),
            .run = report.run,
            .host = circumstances.host,
            .paging_by_counts = std::string{paging_by_counts(report)},
            .workloads = report.workloads,
            .final_reading = report.final_reading,
            .terminal = report.terminal,
            .terminal_traced = terminal_traced(report, circumstances.tracepoint),
            .qemu_status = circumstances.qemu_status};
}

}  // namespace exitscope::command::result
