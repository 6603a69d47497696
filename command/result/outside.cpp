// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "result/outside.h"

#include <fmt/core.h>

#include <algorithm>

#include "report/workload_check.h"

namespace exitscope::command::result {

namespace {

/// One window's exits, without the CPUID that ended it.
struct Split {
    std::uint64_t mark = 0;
    std::uint64_t total = 0;
    evidence::Counts exits{};
    evidence::Counts noise{};
};

class Filler {
public:
    Filler(report::Report& report, const evidence::Marks& marks) : report_{report}, marks_{marks} {}

    void fill() {
        if (report_.isa() != marks_.isa) {
            note("the report is of {}, the marks are of {}; they are of different runs",
                 name_of(report_.isa()), name_of(marks_.isa));
            return;
        }
        for (auto& workload : report_.workloads) {
            if (workload.window && workload.verdict == model::Verdict::skip)
                fill(workload, *workload.window);
        }
        for (const auto& workload : report_.workloads) {
            for (auto& contradiction : contradictions(workload, *report_.run))
                report_.damage.push_back(std::move(contradiction));
            if (workload.group == "canary" && workload.verdict != model::Verdict::pass)
                report_.errors.push_back(
                    fmt::format("the canary {} is wrong: {}", workload.name, workload.message));
        }
        if (const auto last = marks_.finals.find(0); last != marks_.finals.end())
            report_.final_reading =
                report::FinalReading{.total = last->second.total, .exits = last->second.exits};
    }

private:
    template <typename... Values>
    void note(fmt::format_string<Values...> text, Values&&... values) {
        report_.damage.push_back(fmt::format(text, std::forward<Values>(values)...));
    }

    void fill(report::WorkloadReport& workload, report::VaryingPart& window) {
        const auto once = choose(workload.name, window.marks, window);
        const auto twice = choose(workload.name, window.doubled_marks, window);
        if (!once || !twice) {
            workload.verdict = model::Verdict::error;
            workload.message = "its windows were not counted, or host interrupts fell into every one";
            workload.window.reset();
            return;
        }
        workload.exits = once->exits;
        workload.total = evidence::sum_of(once->exits).value_or(0);
        workload.doubled = twice->exits;
        window.mark = once->mark;
        window.total = once->total;
        window.noise = once->noise;
        window.doubled_mark = twice->mark;
        window.doubled_total = twice->total;
        window.doubled_noise = twice->noise;
        workload.message = report::wrong_counts(report_.isa(), workload);
        workload.verdict = workload.message.empty() ? model::Verdict::pass : model::Verdict::fail;
    }

    /// The first window; of several, the first without noise.
    std::optional<Split> choose(const std::string& name, const std::vector<std::uint64_t>& candidates,
                                const report::VaryingPart& window) {
        for (const auto mark : candidates) {
            auto split = split_at(mark, window);
            if (!split) {
                note("{}: no window begins at mark {}", name, mark);
                return std::nullopt;
            }
            if (candidates.size() == 1 || split->noise.empty())
                return split;
        }
        return std::nullopt;
    }

    std::optional<Split> split_at(std::uint64_t mark, const report::VaryingPart& window) const {
        auto seen = evidence::window_at(marks_, mark);
        if (!seen)
            return std::nullopt;
        const auto own = seen->exits.find(model::cpuid_reason(marks_.isa));
        if (own == seen->exits.end() || own->second < window.reads)
            return std::nullopt;
        own->second -= window.reads;
        Split split{.mark = mark, .total = seen->total};
        for (const auto& [reason, count] : seen->exits) {
            if (count != 0)
                (model::is_noise(marks_.isa, reason, window.interrupts) ? split.noise : split.exits)
                    .emplace(reason, count);
        }
        return split;
    }

    report::Report& report_;
    const evidence::Marks& marks_;
};

}  // namespace

void fill_from_outside(report::Report& report, const evidence::Marks& marks) {
    Filler{report, marks}.fill();
}

}  // namespace exitscope::command::result
