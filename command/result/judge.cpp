// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "result/judge.h"

#include <fmt/core.h>

#include <algorithm>

#include "evidence/qemu_status.h"
#include "evidence/wanted_parameters.h"
#include "report/workload_check.h"
#include "result/label.h"

namespace exitscope::command::result {

namespace {

class Judge {
public:
    Judge(const report::Report& report, const Circumstances& circumstances)
        : report_{report}, circumstances_{circumstances} {}

    Judgement judge() {
        judge_end();
        for (const auto& damage : report_.damage)
            add(model::Verdict::error, damage);
        for (const auto& error : report_.errors)
            add(model::Verdict::error, "the guest says: " + error);
        for (const auto& complaint : circumstances_.complaints)
            add(model::Verdict::error, "the host's kernel says: " + complaint);
        if (report_.terminal && report_.end_verdict)
            judge_terminal(*report_.terminal);
        judge_label();
        for (const auto& workload : report_.workloads)
            judge(workload);
        model::Verdict verdict = report_.terminal
                                     ? model::worst(report::verdict_of(report_), model::Verdict::pass)
                                     : report::verdict_of(report_);
        for (const auto& problem : judgement_.problems)
            verdict = model::worst(verdict, problem.verdict);
        judgement_.verdict = verdict;
        std::ranges::stable_sort(judgement_.problems, std::ranges::greater{}, rank);
        return std::move(judgement_);
    }

private:
    /// The order of reading: worst first, what was skipped last.
    static model::Verdict rank(const evidence::Problem& problem) { return problem.verdict; }

    void add(model::Verdict verdict, std::string message) {
        judgement_.problems.push_back({verdict, std::move(message)});
    }

    void judge_end() {
        const int status = circumstances_.qemu_status;
        const auto meant = model::verdict_of_qemu_status(status);
        const bool ends_by_itself =
            (report_.terminal || circumstances_.ends_by_itself) && report_.end_verdict && status == 0;
        if (!meant && !ends_by_itself)
            add(model::Verdict::crash, evidence::describe_qemu_status(status));
        if (!report_.end_verdict) {
            add(model::Verdict::crash,
                "the report has no end record: the guest stopped or the log was cut before it");
            for (const auto& fault : report_.faults)
                add(model::Verdict::crash, "the guest says: " + fault);
            if (!report_.measuring.empty())
                add(model::Verdict::crash, "the guest was measuring " + report_.measuring);
        } else if (!report_.terminal && meant && *meant != *report_.end_verdict) {
            add(model::Verdict::error, fmt::format("QEMU's exit status {} means {}, the report's end says {}",
                                                   status, name_of(*meant), name_of(*report_.end_verdict)));
        }
    }

    /// What ends the guest, which only the host can count.
    void judge_terminal(const report::Terminal& terminal) {
        const int status = circumstances_.qemu_status;
        if (model::verdict_of_qemu_status(status))
            add(model::Verdict::fail,
                fmt::format("{}: it has to end QEMU with status 0, the guest went on and ended it "
                            "with status {}",
                            terminal.workload, status));
        const auto& traced = circumstances_.tracepoint;
        if (!traced)
            return;
        if (traced->isa != report_.isa()) {
            add(model::Verdict::error,
                fmt::format("the report is of {}, {} of {}; they are of different runs",
                            name_of(report_.isa()), traced->name, name_of(traced->isa)));
            return;
        }
        for (const auto& [reason, count] : terminal.expected) {
            if (const auto found = evidence::count_of(traced->counts, reason); found != count)
                add(model::Verdict::fail,
                    fmt::format("{}: {}: expected {}, {} saw {}", terminal.workload,
                                evidence::display_name(report_.isa(), reason), count, traced->name, found));
        }
    }

    void judge_label() {
        const auto& asked = circumstances_.asked;
        const auto& host = circumstances_.host;
        if (host && host->setting_requested != asked.name)
            add(model::Verdict::error,
                fmt::format("asked for {}, but the host's evidence is of a run that was asked for {}",
                            asked.name, host->setting_requested));
        const auto claims = claims_of(report_, host);
        const bool measured =
            std::ranges::any_of(report_.workloads, [](const auto& each) { return each.window.has_value(); });
        // Without measurements and claims there is nothing to label.
        if (claims.empty() && !measured)
            return;
        if (auto problem = label_problem(asked, claims); !problem.empty())
            add(model::Verdict::error, std::move(problem));
    }

    void judge(const report::WorkloadReport& workload) {
        if (workload.verdict == model::Verdict::fail) {
            const auto why = workload.group == report::phases ? workload.message
                                                              : report::wrong_counts(report_.isa(), workload);
            add(model::Verdict::fail, fmt::format("{}: {}{}", workload.name, why, of_parameters()));
        } else if (workload.verdict != model::Verdict::pass)
            add(workload.verdict, fmt::format("{}: {}", workload.name, workload.message));
    }

    /// What of the host may be why a count differs; empty where its parameters are those of the oracles.
    [[nodiscard]] std::string of_parameters() const {
        const auto odd = circumstances_.host ? evidence::odd_parameters_text(*circumstances_.host) : "";
        return odd.empty() ? odd : "; the oracles are for other parameters than this KVM's " + odd;
    }

    const report::Report& report_;
    const Circumstances& circumstances_;
    Judgement judgement_;
};

}  // namespace

Judgement judge(const report::Report& report, const Circumstances& circumstances) {
    return Judge{report, circumstances}.judge();
}

}  // namespace exitscope::command::result
