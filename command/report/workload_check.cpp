// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "report/workload_check.h"

#include <fmt/core.h>

#include "text/number.h"

namespace exitscope::command::report {

namespace {

std::optional<std::uint64_t> total_of(const evidence::Counts& one, const evidence::Counts& other,
                                      std::uint64_t number) {
    const auto first = evidence::sum_of(one);
    const auto second = evidence::sum_of(other);
    const auto both = first && second ? text::add(*first, *second) : std::nullopt;
    return both ? text::add(*both, number) : std::nullopt;
}

/// The exits of PAUSE are noise where a workload loops over it, and yet no more than its PAUSEs.
std::string too_many_pauses(model::InstructionSet isa, const evidence::Counts& noise, std::uint64_t steps) {
    const auto reason =
        model::reason_of(isa, model::VmxExitReason::pause_instruction, model::SvmExitReason::pause);
    const auto most = text::multiply(steps, model::pauses_per_step).value_or(UINT64_MAX);
    const auto found = evidence::count_of(noise, reason);
    return found <= most ? std::string{}
                         : fmt::format("{}: expected at most {}, found {}",
                                       evidence::display_name(isa, reason), most, found);
}

std::optional<evidence::Counts> price_for(const WorkloadReport& workload, std::uint64_t repetitions) {
    return evidence::price_of(workload.each, workload.once, repetitions);
}

class WorkloadChecker {
public:
    WorkloadChecker(const WorkloadReport& workload, const RunInfo& run) : workload_{workload}, run_{run} {}

    std::vector<std::string> check() {
        if (const auto sum = evidence::sum_of(workload_.exits); sum != workload_.total)
            note("the reasons add up to {} exits, the total says {}", evidence::sum_text(sum),
                 workload_.total);
        if (workload_.message.empty() != (workload_.verdict == model::Verdict::pass))
            note("{} {} a message", name_of(workload_.verdict),
                 workload_.message.empty() ? "without" : "with");
        check_verdict();
        if (workload_.window)
            check(*workload_.window);
        return std::move(notes_);
    }

private:
    template <typename... Values>
    void note(fmt::format_string<Values...> text, Values&&... values) {
        notes_.push_back(workload_.name + ": " + fmt::format(text, std::forward<Values>(values)...));
    }

    void check_verdict() {
        const bool passed = workload_.verdict == model::Verdict::pass;
        const bool judged = passed || workload_.verdict == model::Verdict::fail;
        if (judged && !workload_.window)
            note("the record of its window is missing");
        else if (judged && wrong_counts(run_.isa, workload_).empty() != passed)
            note("the verdict is {}, but the exits are {}what was expected", name_of(workload_.verdict),
                 passed ? "not " : "");
        else if (passed && !workload_.window->doubled_total)
            note("PASS without the window of twice the iterations");
        if (workload_.verdict == model::Verdict::skip && workload_.window && !run_.outside())
            note("skipped, yet measured");
    }

    void check(const VaryingPart& window) {
        if (workload_.iterations == 0 || workload_.iterations > run_.iterations)
            note("{} iterations, the run has {}", workload_.iterations, run_.iterations);
        for (const auto* const noise : {&window.noise, &window.doubled_noise, &window.vm_noise})
            check_noise(*noise);
        check_price();
        if (const auto sum = total_of(workload_.exits, window.noise, window.reads); sum != window.total)
            note("exits, noise and reads add up to {}, the window's total says {}", evidence::sum_text(sum),
                 window.total);
        // Both windows are read in the same way, so the second has as many reads as the first.
        if (const auto sum = total_of(workload_.doubled, window.doubled_noise, window.reads);
            window.doubled_total && sum != window.doubled_total)
            note("with twice the iterations exits, noise and reads add up to {}, the total says {}",
                 evidence::sum_text(sum), *window.doubled_total);
        if (!window.doubled_total && (!workload_.doubled.empty() || !window.doubled_noise.empty()))
            note("counts of twice the iterations without their total");
        const auto& [min, median, max] = window.guest_ticks;
        if (min > median || median > max)
            note("the ticks that the guest saw are out of order: {}, {}, {}", min, median, max);
    }

    void check_noise(const evidence::Counts& noise) {
        for (const auto& [reason, count] : noise) {
            if (!evidence::is_noise(run_.isa, reason) && !evidence::is_pause(run_.isa, reason))
                note("{} is no noise", evidence::display_name(run_.isa, reason));
        }
    }

    void check_price() {
        const auto price = price_for(workload_, workload_.iterations);
        if (!price)
            note("its price is more than 64 bits hold");
        else if (!evidence::same_counts(*price, workload_.expected))
            note("once and {} times each is not what is expected: {}", workload_.iterations,
                 evidence::differences(run_.isa, *price, workload_.expected));
    }

    const WorkloadReport& workload_;
    const RunInfo& run_;
    std::vector<std::string> notes_;
};

}  // namespace

// Where both windows are right, they differ by the iterations times the price of each.
std::string wrong_counts(model::InstructionSet isa, const WorkloadReport& workload) {
    std::string text = evidence::differences(isa, workload.expected, workload.exits);
    const auto append = [&text](std::string_view prefix, const std::string& more, std::string_view end) {
        if (!more.empty())
            text += fmt::format("{}{}{}{}", text.empty() ? "" : "; ", prefix, more, end);
    };
    if (workload.window && workload.window->doubled_total) {
        const auto twice = text::multiply(workload.iterations, 2).value_or(UINT64_MAX);
        append("",
               evidence::differences(isa, price_for(workload, twice).value_or(evidence::Counts{}),
                                     workload.doubled),
               fmt::format(" ({} iterations)", twice));
    }
    if (workload.window && workload.window->interrupts == model::Interrupts::off_and_pausing) {
        append("", too_many_pauses(isa, workload.window->noise, workload.iterations), "");
        append("",
               too_many_pauses(isa, workload.window->doubled_noise,
                               text::multiply(workload.iterations, 2).value_or(UINT64_MAX)),
               " (twice the iterations)");
    }
    append("all vCPUs: ", evidence::differences(isa, workload.vm_expected, workload.vm_exits), "");
    return text;
}

std::vector<std::string> contradictions(const WorkloadReport& workload, const RunInfo& run) {
    return WorkloadChecker{workload, run}.check();
}

}  // namespace exitscope::command::report
