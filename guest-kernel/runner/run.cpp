// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "runner/run.h"

#include <algorithm>
#include <array>
#include <span>

#include "arch/cpu_features.h"
#include "arch/cpuid.h"
#include "arch/interrupt_flag.h"
#include "arch/local_apic.h"
#include "arch/machine.h"
#include "arch/processors.h"
#include "devices/console.h"
#include "devices/firmware_config.h"
#include "report/spread.h"
#include "runner/command_line.h"
#include "runner/judge.h"
#include "runner/measure.h"
#include "runner/probe.h"
#include "runner/workload_set.h"

namespace exitscope::runner {

namespace {

constexpr std::uint64_t canary_iterations = 16;
/// How often a window is measured at most, where host interrupts fall into it.
constexpr int attempts = 50;

constexpr std::string_view no_counters =
    "no exit counters: CPUID leaves 0x4fffff00 to 0x4fffffff count nothing here; is KVM patched, and was "
    "kvm.ko loaded with exit_counters=1?";

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
        if (workload.prepare != nullptr) {
            if (const auto problem = workload.prepare(iterations); !problem.empty())
                return problem;
        }
        measure(meter, workload.step, iterations, timed, result, price.of(iterations),
                workload.vm_price != nullptr ? WindowScope::vcpu_and_vm : WindowScope::vcpu);
        if (workload.finish != nullptr)
            workload.finish();
        const bool quiet = !workload.quiet || model::noise_of(result.exits, workload.interrupts) == 0;
        if (quiet && arch::halts_missed() == missed_before)
            return {};
    }
    return "host interrupts fell into every window: a quieter host or fewer iterations would do";
}

report::Outcome measure_workload(const workloads::Workload& workload, const model::Subject& subject,
                                 std::uint64_t iterations, meter::ExitMeter& meter,
                                 report::TextWriter& message) {
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
        outcome.verdict = judge_pauses(window.exits, iterations * workloads::pauses_per_step, message);
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

/// Checks the measuring itself. Reports an error and returns false if a canary is not PASS: no other number
/// would be worth anything.
bool check_canaries(report::ReportWriter& report, const WorkloadSet& set, const model::Subject& subject,
                    meter::ExitMeter& meter) {
    report::Text<1024> message;
    for (const workloads::Workload* const workload : set.all()) {
        if (workload->group != workloads::Group::canary)
            continue;
        const auto outcome = measure_workload(*workload, subject, canary_iterations, meter, message);
        if (outcome.verdict != model::Verdict::pass) {
            report::Text<1200> why;
            why.text("the canary ").text(workload->name).text(" is wrong: ").text(message.view());
            report.add_error(why.view());
            return false;
        }
    }
    return true;
}

void list_workloads(report::ReportWriter& report, const WorkloadSet& selected) {
    for (const workloads::Workload* const workload : selected.all())
        report.list(*workload);
}

void measure_all(report::ReportWriter& report, const WorkloadSet& selected, const model::Subject& subject,
                 std::uint64_t iterations, meter::ExitMeter& meter) {
    report::Text<1024> message;
    for (const workloads::Workload* const workload : selected.all())
        report.add(measure_workload(*workload, subject, iterations, meter, message));
}

}  // namespace

void abandon(report::ReportWriter& report, std::string_view message) {
    report.add_error(message);
    report.end();
}

Ending run_workloads(report::ReportWriter& report, std::string_view text) {
    const GuestRequest request = parse_command_line(text);
    const WorkloadSet registered = registered_workloads();
    WorkloadSet selected;
    const std::string_view unknown = select_workloads(registered, request.workloads, selected);
    const bool usable = request.problem.empty() && unknown.empty() && !selected.all().empty();

    static meter::CounterSource source;
    if (usable && !request.list)
        source = meter::find_counters(arch::cpuid);
    static meter::ExitMeter meter{source, arch::cpuid};
    model::Subject subject;
    if (source.found()) {
        const auto cpu = arch::read_cpu_features();
        if (cpu.has(model::CpuFeature::x2apic))
            arch::start_local_apic();
        // Coursework counters do not tell vCPUs apart, so no other processor is started.
        const bool others = cpu.has(model::CpuFeature::x2apic) && source.can_latch();
        const auto vcpus = others ? arch::start_processors(devices::processor_count()) : 1;
        subject = probe_subject(source, meter, cpu);
        subject.vcpus = static_cast<std::uint8_t>(vcpus);
    }
    const auto epoch = meter::epoch_of(source, arch::cpuid);
    const bool reportable = usable && (request.list || source.found());
    report.begin(source, subject, request.iterations, reportable ? selected.all().size() : 0);

    if (!reportable) {
        report::Text<256> why;
        if (!request.problem.empty())
            why.text(request.problem).text(": ").text(request.culprit);
        else if (!unknown.empty())
            why.text("unknown workload: ").text(unknown);
        else if (selected.all().empty())
            why.text("no workload named: workloads=").text(request.workloads);
        else
            why.text(no_counters);
        abandon(report, why.view());
        return {.verdict = report.verdict()};
    }
    if (request.list) {
        list_workloads(report, selected);
        report.end();
        return {.verdict = report.verdict()};
    }
    if (check_canaries(report, registered, subject, meter))
        measure_all(report, selected, subject, request.iterations, meter);
    if (request.triple_fault)
        report.announce("triple_fault", subject.isa,
                        subject.reason(model::VmxExitReason::triple_fault, model::SvmExitReason::shutdown));

    if (meter::epoch_of(source, arch::cpuid) != epoch)
        report.add_error(
            "the counters began anew during the run: the machine went on in another VM (migrated, or "
            "restored)");

    static meter::Reading last;
    meter.read_now(last);
    report.end(last, {devices::console_exits, request.triple_fault ? 0 : arch::exits_to_stop});
    return {.verdict = report.verdict(), .triple_fault = request.triple_fault};
}

}  // namespace exitscope::runner
