// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "report/report_check.h"

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "report/workload_check.h"
#include "text/printable.h"

namespace exitscope::command::report {

namespace {

/// Coursework counters are 32 bits wide, so their sum is only known modulo 2^32.
bool is_coursework(const RunInfo& run) {
    return run.counters.starts_with("layout-");
}

class ReportChecker {
public:
    explicit ReportChecker(Report& report) : report_{report} {}

    void check() {
        for (const auto& workload : report_.workloads) {
            if (!names_.insert(workload.name).second)
                note(fmt::format("{}: reported twice", workload.name));
            for (auto& contradiction : contradictions(workload, report_.run.value_or(RunInfo{})))
                note(std::move(contradiction));
        }
        if (report_.final_reading)
            check(*report_.final_reading);
        check_end();
    }

private:
    void note(std::string problem) { report_.damage.push_back(std::move(problem)); }

    void check(const FinalReading& reading) {
        auto sum = evidence::sum_of(reading.exits);
        auto total = reading.total;
        if (sum && report_.run && is_coursework(*report_.run)) {
            sum = *sum & 0xffff'ffff;
            total &= 0xffff'ffff;
        }
        if (sum != total)
            note(fmt::format("final: the reasons add up to {} exits, the total says {}",
                             evidence::sum_text(sum), total));
    }

    void check_end() {
        if (!report_.end_verdict)
            return;
        if (const auto verdict = verdict_of(report_); *report_.end_verdict != verdict)
            note(fmt::format("the end says {}, the records add up to {}", name_of(*report_.end_verdict),
                             name_of(verdict)));
        const bool measured = std::ranges::any_of(
            report_.workloads, [](const auto& workload) { return workload.window.has_value(); });
        if (measured && !report_.final_reading && !report_.run.value_or(RunInfo{}).outside())
            note("the record `final` is missing");
    }

    Report& report_;
    std::set<std::string_view> names_;
};

}  // namespace

void check_plan(Report& report, std::string_view plan, std::size_t results) {
    if (!report.run) {
        report.damage.emplace_back("the record `run` is missing");
        return;
    }
    const auto planned = report.run->workloads;
    if (const auto due = fmt::format("1..{}", planned); plan != due)
        report.damage.push_back(fmt::format("the plan is {}, the run record speaks of {} workloads",
                                            text::printable(plan), planned));
    // After an error record the guest stops, and that record says why.
    if (results != planned && (report.errors.empty() || results > planned))
        report.damage.push_back(fmt::format("{} result lines where the plan has {}", results, planned));
    if (results == 0 && report.errors.empty() && !report.terminal)
        report.damage.emplace_back("no workload was reported, and no reason given");
}

void check_report(Report& report) {
    ReportChecker{report}.check();
}

}  // namespace exitscope::command::report
