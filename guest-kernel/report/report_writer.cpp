// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "report/report_writer.h"

#include "report/list_words.h"
#include "report/mark_keys.h"

namespace exitscope::report {

namespace {

enum class Noise : bool { no, yes };

/// Writes the reasons that occurred, either those that are noise or the others.
void write_exits(RecordWriter& record, std::string_view key, const model::CountTable& exits,
                 model::Interrupts interrupts, Noise noise) {
    for (const model::ReasonNumber reason : model::reasons_of(exits.isa)) {
        if (exits.of(reason) != 0 && model::is_noise(exits.isa, reason, interrupts) == (noise == Noise::yes))
            record.reason(key, exits.isa, reason, exits.of(reason));
    }
}

void write_expected(RecordWriter& record, std::string_view key, model::InstructionSet isa,
                    const model::Expected& expected) {
    for (const auto& each : expected)
        record.reason(key, isa, each.reason, each.count);
}

}  // namespace

RecordWriter ReportWriter::record(model::RecordKind kind) {
    return RecordWriter{line_, kind, ++records_};
}

void ReportWriter::begin(const meter::CounterSource& source, const model::Subject& subject,
                         std::uint64_t iterations, std::uint64_t workload_count) {
    line_.clear();
    line_.text("KTAP version 1\n1..").decimal(workload_count).text("\n");
    send();
    Text<64> features;
    write_features(features, source);
    Text<64> devices;
    write_devices(devices, subject.devices);
    record(model::RecordKind::exact)
        .word("record", "run")
        .number("report", 2)
        .word("counters", source.name)
        .number("abi", source.abi_version)
        .word("isa", name_of(subject.isa))
        .word("paging", name_of(subject.paging))
        .word("features", features.view())
        .number("slots", source.reasons)
        .number("iterations", iterations)
        .number("workloads", workload_count)
        .word("backing", name_of(subject.backing))
        .number("exits_per_eoi", subject.exits_per_eoi)
        .number("exits_per_stgi", subject.exits_per_stgi)
        .number("exits_per_vmload", subject.exits_per_vmload)
        .number("exits_per_nmi_iret", subject.exits_per_nmi_iret)
        .number("exits_per_empty_string", subject.exits_per_empty_string)
        .number("vmfunc", subject.vmfunc)
        .number("qemu_tcg", subject.qemu_tcg ? 1 : 0)
        .number("vcpus", subject.vcpus)
        .word("devices", devices.view())
        .finish();
    send();
}

void ReportWriter::begin_workload(std::string_view name) {
    line_.clear();
    line_.text("# measuring ").text(name).text("\n");
    send();
}

void ReportWriter::add(const Outcome& outcome) {
    add_result_line(outcome);
    add_exact(outcome);
    if (outcome.window != nullptr)
        add_varying(outcome);
}

void ReportWriter::add_result_line(const Outcome& outcome) {
    verdict_ = model::worst(verdict_, outcome.verdict);
    const bool ok = outcome.verdict == model::Verdict::pass || outcome.verdict == model::Verdict::skip;
    line_.clear();
    line_.text(ok ? "ok " : "not ok ").decimal(++results_).text(" ").text(outcome.name);
    if (outcome.verdict == model::Verdict::skip || outcome.verdict == model::Verdict::error) {
        line_.text(" # ").text(name_of(outcome.verdict)).text(" ");
        RecordWriter::write_message(line_, outcome.message);
    }
    line_.text("\n");
    send();
}

void ReportWriter::add_exact(const Outcome& outcome) {
    auto record = this->record(model::RecordKind::exact);
    record.word("record", "workload").word("name", outcome.name);
    if (outcome.group)
        record.word("group", name_of(*outcome.group));
    record.word("verdict", name_of(outcome.verdict)).number("iterations", outcome.iterations);
    if (outcome.window != nullptr) {
        const model::CountTable& exits = outcome.window->exits;
        record.number("total", exits.sum() - model::noise_of(exits, outcome.interrupts));
        write_exits(record, "exits", exits, outcome.interrupts, Noise::no);
        write_expected(record, "expected", exits.isa, outcome.price.of(outcome.iterations));
        if (outcome.doubled != nullptr)
            write_exits(record, "doubled", outcome.doubled->exits, outcome.interrupts, Noise::no);
        record.costs("each", exits.isa, outcome.price.each).costs("once", exits.isa, outcome.price.once);
        write_exits(record, "vm_exits", outcome.window->vm_exits, outcome.interrupts, Noise::no);
        write_expected(record, "vm_expected", exits.isa, outcome.vm_expected);
    } else {
        record.number("total", 0);
    }
    if (outcome.verdict != model::Verdict::pass)
        record.text("message", outcome.message);
    record.finish();
    send();
}

void ReportWriter::add_varying(const Outcome& outcome) {
    const meter::Window& window = *outcome.window;
    const model::CountTable& exits = window.exits;
    auto record = this->record(model::RecordKind::vary);
    record.word("record", "workload")
        .word("name", outcome.name)
        .number("total", exits.total + window.reads)
        .number("reads", window.reads);
    write_marks(record, "mark", "marks", window.mark, outcome.marks);
    if (!outcome.marks.empty())
        record.word("interrupts", name_of(outcome.interrupts));
    write_exits(record, "noise", exits, outcome.interrupts, Noise::yes);
    for (const model::ReasonNumber reason : model::reasons_of(exits.isa)) {
        if (window.cycles.of(reason) != 0)
            record.reason("cycles", exits.isa, reason, window.cycles.of(reason));
    }
    for (const model::ReasonNumber reason : model::reasons_of(exits.isa)) {
        if (window.kernel_cycles.of(reason) != window.cycles.of(reason))
            record.reason("kernel_cycles", exits.isa, reason, window.kernel_cycles.of(reason));
    }
    record.number("guest_min", outcome.guest_ticks.min)
        .number("guest_median", outcome.guest_ticks.median)
        .number("guest_max", outcome.guest_ticks.max);
    if (outcome.doubled != nullptr) {
        record.number("doubled_total", outcome.doubled->exits.total + outcome.doubled->reads);
        write_marks(record, "doubled_mark", "doubled_marks", outcome.doubled->mark, outcome.doubled_marks);
        write_exits(record, "doubled_noise", outcome.doubled->exits, outcome.interrupts, Noise::yes);
    }
    write_exits(record, "vm_noise", window.vm_exits, outcome.interrupts, Noise::yes);
    record.finish();
    send();
}

void ReportWriter::list(const workloads::Workload& workload) {
    add_result_line({.name = workload.name, .verdict = model::Verdict::skip, .message = workload.summary});
    record(model::RecordKind::exact)
        .word("record", "workload")
        .word("name", workload.name)
        .word("verdict", name_of(model::Verdict::skip))
        .number("iterations", 0)
        .number("total", 0)
        .word("group", name_of(workload.group))
        .text("why", workload.why)
        .text("source", workload.source)
        .text("message", workload.summary)
        .finish();
    send();
}

void ReportWriter::announce(std::string_view terminal_workload, model::InstructionSet isa,
                            model::ReasonNumber reason) {
    record(model::RecordKind::exact)
        .word("record", "terminal")
        .word("workload", terminal_workload)
        .reason("expected", isa, reason, 1)
        .finish();
    send();
}

void ReportWriter::add_error(std::string_view message) {
    verdict_ = model::Verdict::error;
    record(model::RecordKind::exact).word("record", "error").text("message", message).finish();
    send();
}

void ReportWriter::comment(std::string_view text) {
    line_.clear();
    line_.text("# ").text(text).text("\n");
    send();
}

void ReportWriter::write_final(const meter::Reading& last, std::uint64_t io_exits_after) {
    const model::CountTable& exits = last.exits;
    RecordWriter record{line_, model::RecordKind::vary, records_ + 1};
    record.word("record", "final").number("total", exits.total);
    for (const model::ReasonNumber reason : model::reasons_of(exits.isa)) {
        if (exits.of(reason) != 0)
            record.reason("exits", exits.isa, reason, exits.of(reason));
    }
    const auto cpuid = model::cpuid_reason(exits.isa);
    const auto io =
        model::reason_of(exits.isa, model::VmxExitReason::io_instruction, model::SvmExitReason::ioio);
    record.reason("after", exits.isa, cpuid, last.reads_after)
        .reason("after", exits.isa, io, io_exits_after)
        .finish();
}

void ReportWriter::write_end(std::uint64_t number) {
    RecordWriter{line_, model::RecordKind::exact, number}
        .word("record", "end")
        .number("records", number)
        .word("verdict", name_of(verdict_))
        .finish();
}

void ReportWriter::end() {
    write_end(++records_);
    send();
}

void ReportWriter::end(const meter::Reading& last, const ClosingCosts& costs) {
    write_end(records_ + 2);
    const std::uint64_t end_size = line_.view().size();
    // The line holds the number of exits to come, which depends on the length of the line. From 0 the number
    // only grows, until it no longer changes.
    std::uint64_t io_exits_after = 0;
    for (;;) {
        write_final(last, io_exits_after);
        const std::uint64_t needed =
            costs.exits_to_send(line_.view().size()) + costs.exits_to_send(end_size) + costs.exits_to_stop;
        if (needed == io_exits_after)
            break;
        io_exits_after = needed;
    }
    ++records_;
    send();
    end();
}

}  // namespace exitscope::report
