// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "runner/run.h"

#include "arch/cpu_features.h"
#include "arch/cpuid.h"
#include "arch/local_apic.h"
#include "arch/machine.h"
#include "arch/processors.h"
#include "devices/console.h"
#include "devices/find.h"
#include "devices/firmware_config.h"
#include "runner/command_line.h"
#include "runner/measure_workload.h"
#include "runner/probe.h"
#include "runner/told_counts.h"
#include "runner/workload_set.h"

namespace exitscope::runner {

namespace {

constexpr std::uint64_t canary_iterations = 16;
constexpr std::string_view no_counters =
    "no exit counters: CPUID leaves 0x4fffff00 to 0x4fffffff count nothing here; is KVM patched, and was "
    "kvm.ko loaded with exit_counters=1?";

/// What the command line tells of the first windows.
std::string_view told;

void tell(std::uint64_t index, model::CountTable& exits) {
    static_cast<void>(read_told(told, index, exits));
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

/// The host judges them, so they are reported like any other.
void add_canaries(const WorkloadSet& from, WorkloadSet& selected) {
    for (const workloads::Workload* const workload : from.all()) {
        if (workload->group == workloads::Group::canary && selected.find(workload->name) == nullptr)
            selected.add(*workload);
    }
    selected.sort();
}

void list_workloads(report::ReportWriter& report, const WorkloadSet& selected) {
    for (const workloads::Workload* const workload : selected.all())
        report.list(*workload);
}

void measure_all(report::ReportWriter& report, const WorkloadSet& selected, const model::Subject& subject,
                 std::uint64_t iterations, meter::ExitMeter& meter) {
    report::Text<1024> message;
    for (const workloads::Workload* const workload : selected.all()) {
        report.begin_workload(workload->name);
        report.add(measure_workload(*workload, subject, iterations, meter, message));
    }
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
    const std::uint32_t processors = usable && !request.list ? devices::processor_count() : 1;
    const bool fits = processors <= arch::max_processors;

    static meter::CounterSource source;
    if (usable && fits && !request.list)
        source = request.outside ? meter::outside_counters(request.isa, request.paging)
                                 : meter::find_counters(arch::cpuid);
    told = request.told;
    static meter::ExitMeter meter{source, arch::cpuid, tell};
    model::Subject subject;
    if (usable && !request.list)
        subject.devices = devices::find_devices();
    std::uint64_t probed = 0;
    std::uint32_t wanted = 1;
    if (source.found()) {
        const auto cpu = arch::read_cpu_features();
        const bool has_apic = cpu.has(model::CpuFeature::x2apic) && arch::start_local_apic();
        auto found = subject.devices;
        found.set(model::Device::local_apic, has_apic);
        // Coursework counters do not tell vCPUs apart, so no other processor is started.
        wanted = source.can_latch() ? processors : 1;
        const auto vcpus = has_apic && source.can_latch() ? arch::start_processors(wanted) : 1;
        subject = probe_subject(source, meter, cpu, found);
        subject.vcpus = static_cast<std::uint8_t>(vcpus);
        probed = meter.marks() / 2;
    }
    const auto epoch = meter::epoch_of(source, arch::cpuid);
    if (request.outside)
        add_canaries(registered, selected);
    if (request.outside && source.found() && request.told.empty()) {
        report.begin(source, subject, request.iterations, 0);
        report.comment(
            "the windows of the hypervisor's properties were marked; their counts are wanted: told=");
        report.end();
        return {.verdict = report.verdict()};
    }
    const bool reportable = usable && fits && (request.list || source.found());
    report.begin(source, subject, request.iterations, reportable ? selected.all().size() : 0);

    for (const auto remark : {source.coursework.undefined_remark, source.coursework.cycles_remark}) {
        if (!remark.empty())
            report.comment(remark);
    }
    if (subject.vcpus < wanted) {
        report::Text<128> fewer;
        fewer.text("only ").decimal(subject.vcpus).text(" of ").decimal(wanted).text(" processors started, ");
        fewer.text(subject.devices.has(model::Device::local_apic) ? "those with the first x2APIC IDs"
                                                                  : "as there is no x2APIC");
        report.comment(fewer.view());
    }

    if (!reportable) {
        report::Text<256> why;
        if (!request.problem.empty())
            why.text(request.problem).text(": ").text(request.culprit);
        else if (!unknown.empty())
            why.text("unknown workload: ").text(unknown);
        else if (selected.all().empty())
            why.text("no workload named: workloads=").text(request.workloads);
        else if (!fits)
            why.text("the machine has ")
                .decimal(processors)
                .text(" virtual CPUs; this kernel is made for up to ")
                .decimal(arch::max_processors);
        else if (!source.coursework.problem.empty())
            why.text("exit counters that cannot be used: ")
                .text(source.coursework.problem)
                .text(" (CPUID leaf ")
                .text("0x")
                .hexadecimal(source.coursework.problem_leaf)
                .text(")");
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
    if (request.outside && !told_fits(told, probed, request.isa)) {
        report.add_error("told= is not of the windows that were measured before the workloads");
        report.end();
        return {.verdict = report.verdict()};
    }
    if (request.outside || check_canaries(report, registered, subject, meter))
        measure_all(report, selected, subject, request.iterations, meter);
    if (request.triple_fault)
        report.announce("triple_fault", subject.isa,
                        subject.reason(model::VmxExitReason::triple_fault, model::SvmExitReason::shutdown));

    if (meter::epoch_of(source, arch::cpuid) != epoch)
        report.add_error(
            "the counters began anew during the run: the machine went on in another VM (migrated, or "
            "restored)");

    if (request.outside) {
        report.end();
        return {.verdict = report.verdict(), .triple_fault = request.triple_fault};
    }
    static meter::Reading last;
    meter.read_now(last);
    report.end(last, {devices::console_exits, request.triple_fault ? 0 : arch::exits_to_stop});
    return {.verdict = report.verdict(), .triple_fault = request.triple_fault};
}

}  // namespace exitscope::runner
