// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "judge.h"

#include <fmt/format.h>

#include <algorithm>

#include "label.h"
#include "qemu_status.h"
#include "workload_check.h"

namespace exitscope {

namespace {

class Judge {
public:
    Judge(const Report& report, const Circumstances& circumstances)
        : report_{report}, circumstances_{circumstances} {}

    Judgement judge() {
        judge_end();
        for (const auto& damage : report_.damage)
            add(Verdict::error, damage);
        for (const auto& error : report_.errors)
            add(Verdict::error, "the guest says: " + error);
        for (const auto& complaint : circumstances_.complaints)
            add(Verdict::error, "the host's kernel says: " + complaint);
        if (report_.terminal && report_.end_verdict)
            judge_terminal(*report_.terminal);
        judge_label();
        for (const auto& workload : report_.workloads)
            judge(workload);
        Verdict verdict = report_.terminal ? worst(verdict_of(report_), Verdict::pass) : verdict_of(report_);
        for (const auto& problem : judgement_.problems)
            verdict = worst(verdict, problem.verdict);
        judgement_.verdict = verdict;
        std::ranges::stable_sort(judgement_.problems, std::ranges::greater{}, rank);
        return std::move(judgement_);
    }

private:
    /// The order of reading: worst first, what was skipped last.
    static Verdict rank(const Problem& problem) { return problem.verdict; }

    void add(Verdict verdict, std::string message) {
        judgement_.problems.push_back({verdict, std::move(message)});
    }

    void judge_end() {
        const int status = circumstances_.qemu_status;
        const auto meant = verdict_of_qemu_status(status);
        const bool ends_by_itself =
            (report_.terminal || circumstances_.ends_by_itself) && report_.end_verdict && status == 0;
        if (!meant && !ends_by_itself)
            add(Verdict::crash, describe_qemu_status(status));
        if (!report_.end_verdict) {
            add(Verdict::crash,
                "the report has no end record: the guest stopped or the log was cut before it");
            for (const auto& fault : report_.faults)
                add(Verdict::crash, "the guest says: " + fault);
        } else if (!report_.terminal && meant && *meant != *report_.end_verdict) {
            add(Verdict::error, fmt::format("QEMU's exit status {} means {}, the report's end says {}",
                                            status, name_of(*meant), name_of(*report_.end_verdict)));
        }
    }

    /// The guest's last act, of which only the host can tell.
    void judge_terminal(const Terminal& terminal) {
        const int status = circumstances_.qemu_status;
        if (verdict_of_qemu_status(status))
            add(Verdict::fail,
                fmt::format("{}: it has to end QEMU with status 0, the guest went on and ended it "
                            "with status {}",
                            terminal.workload, status));
        const auto& traced = circumstances_.tracepoint;
        if (!traced)
            return;
        if (traced->isa != report_.isa()) {
            add(Verdict::error,
                fmt::format("the report counts {} exits, the tracepoint {} exits; they are of "
                            "different runs",
                            name_of(report_.isa()), name_of(traced->isa)));
            return;
        }
        for (const auto& [reason, count] : terminal.expected) {
            if (const auto found = count_of(traced->counts, reason); found != count)
                add(Verdict::fail,
                    fmt::format("{}: {}: expected {}, the tracepoint kvm_exit saw {}", terminal.workload,
                                display_name(report_.isa(), reason), count, found));
        }
    }

    void judge_label() {
        const auto& asked = circumstances_.asked;
        const auto& host = circumstances_.host;
        if (host && host->setting_requested != asked.name)
            add(Verdict::error,
                fmt::format("asked for {}, but the host's evidence is of a run that was asked for {}",
                            asked.name, host->setting_requested));
        const auto claims = claims_of(report_, host);
        const bool measured =
            std::ranges::any_of(report_.workloads, [](const auto& each) { return each.window.has_value(); });
        // Where nothing was measured and nobody says anything, there is nothing to label.
        if (claims.empty() && !measured)
            return;
        if (auto problem = label_problem(asked, claims); !problem.empty())
            add(Verdict::error, std::move(problem));
    }

    void judge(const WorkloadReport& workload) {
        if (workload.verdict == Verdict::fail)
            add(Verdict::fail, fmt::format("{}: {}", workload.name, wrong_counts(report_.isa(), workload)));
        else if (workload.verdict != Verdict::pass)
            add(workload.verdict, fmt::format("{}: {}", workload.name, workload.message));
    }

    const Report& report_;
    const Circumstances& circumstances_;
    Judgement judgement_;
};

}  // namespace

Judgement judge(const Report& report, const Circumstances& circumstances) {
    return Judge{report, circumstances}.judge();
}

}  // namespace exitscope
