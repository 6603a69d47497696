// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "report_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "number.h"
#include "printable.h"

namespace exitscope {

namespace {

/// Coursework counters are 32 bits wide, so their sum is only known modulo 2^32.
bool is_coursework(const RunInfo& run) {
    return run.counters.starts_with("layout-");
}

std::string describe(std::optional<std::uint64_t> sum) {
    return sum ? fmt::format("{}", *sum) : "more than 64 bits hold";
}

class Checker {
public:
    explicit Checker(Report& report) : report_{report} {}

    void check() {
        for (const auto& workload : report_.workloads)
            check(workload);
        if (report_.final_reading)
            check(*report_.final_reading);
        check_end();
    }

private:
    void note(std::string problem) { report_.damage.push_back(std::move(problem)); }

    void check(const WorkloadReport& workload) {
        const auto& name = workload.name;
        if (!names_.insert(name).second)
            note(fmt::format("{}: reported twice", name));
        if (const auto sum = sum_of(workload.exits); sum != workload.total)
            note(fmt::format("{}: the reasons add up to {} exits, the total says {}", name, describe(sum),
                             workload.total));
        const bool judged = workload.verdict == Verdict::pass || workload.verdict == Verdict::fail;
        if (judged && same_counts(workload.exits, workload.expected) != (workload.verdict == Verdict::pass))
            note(fmt::format("{}: the verdict is {}, but the exits are {}what was expected", name,
                             name_of(workload.verdict), workload.verdict == Verdict::pass ? "not " : ""));
        if (workload.message.empty() != (workload.verdict == Verdict::pass))
            note(fmt::format("{}: {} {} a message", name, name_of(workload.verdict),
                             workload.message.empty() ? "without" : "with"));
        if (judged && !workload.window)
            note(fmt::format("{}: the record of its window is missing", name));
        if (workload.verdict == Verdict::skip && workload.window)
            note(fmt::format("{}: skipped, yet measured", name));
        if (workload.window)
            check(workload, *workload.window);
    }

    void check(const WorkloadReport& workload, const Window& window) {
        if (report_.run && workload.iterations != report_.run->iterations)
            note(fmt::format("{}: {} iterations, the run says {}", workload.name, workload.iterations,
                             report_.run->iterations));
        for (const auto& [reason, count] : window.noise) {
            if (!is_noise(report_.isa(), reason))
                note(fmt::format("{}: {} is no noise", workload.name, display_name(report_.isa(), reason)));
        }
        auto sum = sum_of(window.noise);
        for (const auto part : {workload.total, window.reads})
            sum = sum ? add(*sum, part) : std::nullopt;
        if (sum != window.total)
            note(fmt::format("{}: exits, noise and reads add up to {}, the window's total says {}",
                             workload.name, describe(sum), window.total));
    }

    void check(const FinalReading& reading) {
        auto sum = sum_of(reading.exits);
        auto total = reading.total;
        if (sum && report_.run && is_coursework(*report_.run)) {
            sum = *sum & 0xffff'ffff;
            total &= 0xffff'ffff;
        }
        if (sum != total)
            note(fmt::format("final: the reasons add up to {} exits, the total says {}", describe(sum),
                             total));
    }

    void check_end() {
        if (!report_.end_verdict)
            return;
        if (const auto verdict = verdict_of(report_); *report_.end_verdict != verdict)
            note(fmt::format("the end says {}, the records add up to {}", name_of(*report_.end_verdict),
                             name_of(verdict)));
        const bool measured = std::ranges::any_of(
            report_.workloads, [](const auto& workload) { return workload.window.has_value(); });
        if (measured && !report_.final_reading)
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
        report.damage.push_back(
            fmt::format("the plan is {}, the run record speaks of {} workloads", printable(plan), planned));
    // After an error record the guest stops, and that record says why.
    if (results != planned && (report.errors.empty() || results > planned))
        report.damage.push_back(fmt::format("{} result lines where the plan has {}", results, planned));
    if (results == 0 && report.errors.empty())
        report.damage.emplace_back("no workload was reported, and no reason given");
}

void check_report(Report& report) {
    Checker{report}.check();
}

}  // namespace exitscope
