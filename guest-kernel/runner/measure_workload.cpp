// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "runner/measure_workload.h"

#include <algorithm>
#include <array>
#include <span>

#include "arch/interrupt_flag.h"
#include "arch/wait.h"
#include "report/spread.h"
#include "runner/command_line.h"
#include "runner/judge.h"
#include "runner/measure.h"

namespace exitscope::runner {

namespace {

/// How often a window is measured at most, where host interrupts fall into it.
constexpr int attempts = 50;

/// How many windows of a quiet workload are measured where only the host knows which had no noise.
constexpr std::size_t quiet_attempts = 8;
constexpr std::string_view counted_outside = "counted from outside";

/// The marks of all windows that were measured for the one that counts.
std::array<std::uint64_t, quiet_attempts> marks;
std::array<std::uint64_t, quiet_attempts> doubled_marks;

/// The windows of N and of 2 N iterations.
meter::Window window;
meter::Window doubled;
std::array<std::uint64_t, GuestRequest::max_iterations> ticks;

/// Prepares and measures one window; returns why that cannot be done, empty if it was.
std::string_view measure_once(const workloads::Workload& workload, std::uint64_t iterations,
                              const model::Price& price, meter::ExitMeter& meter,
                              std::span<std::uint64_t> timed, meter::Window& result) {
    // A window is measured again for noise or for a missed HLT, never for its counts.
    for (int attempt = 0; attempt < attempts; ++attempt) {
        const auto missed_before = arch::halts_missed();
        arch::forget_missed_event();
        if (workload.prepare != nullptr) {
            if (const auto problem = workload.prepare(iterations); !problem.empty())
                return problem;
        }
        measure(meter, workload.step, iterations, timed, result, price.of(iterations),
                workload.vm_price != nullptr ? WindowScope::vcpu_and_vm : WindowScope::vcpu);
        if (workload.finish != nullptr)
            workload.finish();
        if (const auto missed = arch::missed_event(); !missed.empty())
            return missed;
        const bool quiet = !workload.quiet || model::noise_of(result.exits, workload.interrupts) == 0;
        if (quiet && arch::halts_missed() == missed_before)
            return {};
    }
    return "host interrupts fell into every window: a quieter host or fewer iterations would do";
}

/// Measures the windows, and leaves the counts and the verdict to the host.
std::string_view measure_for_host(const workloads::Workload& workload, std::uint64_t iterations,
                                  const model::Price& price, meter::ExitMeter& meter,
                                  std::span<std::uint64_t> timed, meter::Window& result,
                                  std::span<std::uint64_t>& window_marks) {
    window_marks = window_marks.first(workload.quiet ? window_marks.size() : 1);
    for (auto& mark : window_marks) {
        if (const auto problem = measure_once(workload, iterations, price, meter, timed, result);
            !problem.empty())
            return problem;
        mark = result.mark;
    }
    return {};
}

report::Outcome measure_workload_for_host(const workloads::Workload& workload, const model::Subject& subject,
                                          std::uint64_t iterations, meter::ExitMeter& meter,
                                          report::TextWriter& message) {
    iterations = std::min(iterations, workload.max_iterations);
    report::Outcome outcome{.name = workload.name,
                            .group = workload.group,
                            .verdict = model::Verdict::skip,
                            .interrupts = workload.interrupts,
                            .iterations = iterations};
    message.clear();
    if (workload.skip_reason != nullptr)
        message.text(workload.skip_reason(subject));
    if (message.view().empty() && workload.vm_price != nullptr)
        message.text("counts all vCPUs, and from outside only the one that marks is counted");
    if (message.view().empty()) {
        outcome.price = workload.price(subject);
        const std::span<std::uint64_t> timed{ticks.data(), iterations};
        std::span<std::uint64_t> of_once{marks};
        std::span<std::uint64_t> of_twice{doubled_marks};
        message.text(measure_for_host(workload, iterations, outcome.price, meter, timed, window, of_once));
        if (message.view().empty())
            message.text(
                measure_for_host(workload, 2 * iterations, outcome.price, meter, {}, doubled, of_twice));
        if (message.view().empty()) {
            outcome.window = &window;
            outcome.doubled = &doubled;
            outcome.marks = of_once;
            outcome.doubled_marks = of_twice;
            outcome.guest_ticks = report::spread_of(timed);
            message.text(counted_outside);
        } else {
            outcome.verdict = model::Verdict::error;
        }
    }
    outcome.message = message.view();
    return outcome;
}

}  // namespace

report::Outcome measure_workload(const workloads::Workload& workload, const model::Subject& subject,
                                 std::uint64_t iterations, meter::ExitMeter& meter,
                                 report::TextWriter& message) {
    if (meter.outside())
        return measure_workload_for_host(workload, subject, iterations, meter, message);
    iterations = std::min(iterations, workload.max_iterations);
    report::Outcome outcome{.name = workload.name,
                            .group = workload.group,
                            .interrupts = workload.interrupts,
                            .iterations = iterations};
    message.clear();
    if (workload.skip_reason != nullptr)
        message.text(workload.skip_reason(subject));
    if (!message.view().empty()) {
        outcome.verdict = model::Verdict::skip;
        outcome.message = message.view();
        return outcome;
    }
    outcome.price = workload.price(subject);
    const std::span<std::uint64_t> timed{ticks.data(), iterations};
    message.text(measure_once(workload, iterations, outcome.price, meter, timed, window));
    if (message.view().empty()) {
        outcome.window = &window;
        outcome.guest_ticks = report::spread_of(timed);
        outcome.verdict = judge(window.exits, outcome.price.of(iterations), workload.interrupts, message);
    }
    if (outcome.verdict == model::Verdict::pass && workload.interrupts == model::Interrupts::off_and_pausing)
        outcome.verdict = judge_pauses(window.exits, iterations * model::pauses_per_step, message);
    if (outcome.verdict == model::Verdict::pass && workload.vm_price != nullptr) {
        outcome.vm_expected = workload.vm_price(subject).of(iterations);
        outcome.verdict = judge_vm(window.vm_exits, outcome.vm_expected, workload.interrupts, message);
    }
    if (outcome.verdict == model::Verdict::pass) {
        if (const auto problem = measure_once(workload, 2 * iterations, outcome.price, meter, {}, doubled);
            problem.empty()) {
            outcome.doubled = &doubled;
            outcome.verdict = judge_slope(window.exits, doubled.exits, outcome.price, iterations,
                                          workload.interrupts, message);
            if (outcome.verdict == model::Verdict::pass && workload.vm_price != nullptr)
                outcome.verdict = judge_vm(doubled.vm_exits, workload.vm_price(subject).of(2 * iterations),
                                           workload.interrupts, message);
        } else {
            outcome.verdict = model::Verdict::error;
            message.text(problem);
        }
    }
    outcome.message = message.view();
    return outcome;
}

}  // namespace exitscope::runner
