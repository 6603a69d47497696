// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "report/report.h"

#include "exit_counters.h"

namespace exitscope {

namespace {

void write_features(TextWriter& text, const CounterSource& source) {
    struct Feature {
        std::uint32_t bit;
        std::string_view name;
    };
    constexpr Feature features[] = {{EXIT_COUNTERS_FEATURE_CYCLES, "cycles"},
                                    {EXIT_COUNTERS_FEATURE_LATCH, "latch"},
                                    {EXIT_COUNTERS_FEATURE_VCPU_SCOPE, "vcpu_scope"}};
    for (const auto& feature : features) {
        if (source.has(feature.bit))
            text.text(text.view().empty() ? "" : ",").text(feature.name);
    }
    if (text.view().empty())
        text.text("none");
}

std::string_view name_of(Backing backing) {
    switch (backing) {
        case Backing::pages_4k:
            return "4k";
        case Backing::larger:
            return "larger";
        default:
            return "unknown";
    }
}

}  // namespace

RecordWriter Report::record(RecordKind kind) {
    return RecordWriter{line_, kind, ++records_};
}

void Report::begin(const CounterSource& source, const Subject& subject, std::uint64_t iterations,
                   std::uint64_t workload_count) {
    line_.clear();
    line_.text("KTAP version 1\n1..").decimal(workload_count).text("\n");
    send();
    Text<64> features;
    write_features(features, source);
    record(RecordKind::exact)
        .word("record", "run")
        .number("report", 2)
        .word("counters", source.name)
        .number("abi", source.abi_version)
        .word("isa", name_of(subject.isa))
        .word("paging", name_of(subject.paging))
        .word("features", features.view())
        .number("slots", source.slots)
        .number("iterations", iterations)
        .number("workloads", workload_count)
        .word("backing", name_of(subject.backing))
        .number("exits_per_eoi", subject.exits_per_eoi)
        .number("exits_per_stgi", subject.exits_per_stgi)
        .number("exits_per_vmload", subject.exits_per_vmload)
        .number("exits_per_empty_string", subject.exits_per_empty_string)
        .number("vmfunc", subject.vmfunc)
        .number("qemu_tcg", subject.qemu_tcg ? 1 : 0)
        .finish();
    send();
}

void Report::add(const Outcome& outcome) {
    add_result_line(outcome);
    add_exact(outcome);
    if (outcome.window != nullptr)
        add_varying(outcome);
}

void Report::add_result_line(const Outcome& outcome) {
    verdict_ = worst(verdict_, outcome.verdict);
    const bool ok = outcome.verdict == Verdict::pass || outcome.verdict == Verdict::skip;
    line_.clear();
    line_.text(ok ? "ok " : "not ok ").decimal(++results_).text(" ").text(outcome.name);
    if (outcome.verdict == Verdict::skip || outcome.verdict == Verdict::error) {
        line_.text(" # ").text(exitscope::name_of(outcome.verdict)).text(" ");
        RecordWriter::write_message(line_, outcome.message);
    }
    line_.text("\n");
    send();
}

void Report::add_exact(const Outcome& outcome) {
    auto record = this->record(RecordKind::exact);
    record.word("record", "workload").word("name", outcome.name);
    if (outcome.group)
        record.word("group", exitscope::name_of(*outcome.group));
    record.word("verdict", exitscope::name_of(outcome.verdict)).number("iterations", outcome.iterations);
    if (outcome.window != nullptr) {
        const Counts& exits = outcome.window->exits;
        const auto counted = [&](ReasonNumber reason) {
            return !is_noise(exits.isa, reason, outcome.interrupts);
        };
        record.number("total", exits.sum() - noise_of(exits, outcome.interrupts));
        for (const ReasonNumber reason : reasons_of(exits.isa)) {
            if (exits.of(reason) != 0 && counted(reason))
                record.reason("exits", exits.isa, reason, exits.of(reason));
        }
        for (const auto& expected : outcome.price.of(outcome.iterations))
            record.reason("expected", exits.isa, expected.reason, expected.count);
        if (outcome.doubled != nullptr) {
            for (const ReasonNumber reason : reasons_of(exits.isa)) {
                if (outcome.doubled->exits.of(reason) != 0 && counted(reason))
                    record.reason("doubled", exits.isa, reason, outcome.doubled->exits.of(reason));
            }
        }
        record.costs("each", exits.isa, outcome.price.each).costs("once", exits.isa, outcome.price.once);
    } else {
        record.number("total", 0);
    }
    if (outcome.verdict != Verdict::pass)
        record.text("message", outcome.message);
    record.finish();
    send();
}

void Report::add_varying(const Outcome& outcome) {
    const Window& window = *outcome.window;
    const Counts& exits = window.exits;
    auto record = this->record(RecordKind::vary);
    record.word("record", "workload")
        .word("name", outcome.name)
        .number("total", exits.total + window.reads)
        .number("reads", window.reads);
    const auto add_noise = [&](std::string_view key, const Counts& counts) {
        for (const ReasonNumber reason : reasons_of(counts.isa)) {
            if (counts.of(reason) != 0 && is_noise(counts.isa, reason, outcome.interrupts))
                record.reason(key, counts.isa, reason, counts.of(reason));
        }
    };
    add_noise("noise", exits);
    for (const ReasonNumber reason : reasons_of(exits.isa)) {
        if (window.cycles.of(reason) != 0)
            record.reason("cycles", exits.isa, reason, window.cycles.of(reason));
    }
    for (const ReasonNumber reason : reasons_of(exits.isa)) {
        if (window.kernel_cycles.of(reason) != window.cycles.of(reason))
            record.reason("kernel_cycles", exits.isa, reason, window.kernel_cycles.of(reason));
    }
    record.number("guest_min", outcome.guest_ticks.min)
        .number("guest_median", outcome.guest_ticks.median)
        .number("guest_max", outcome.guest_ticks.max);
    if (outcome.doubled != nullptr) {
        record.number("doubled_total", outcome.doubled->exits.total + outcome.doubled->reads);
        add_noise("doubled_noise", outcome.doubled->exits);
    }
    record.finish();
    send();
}

void Report::list(const Workload& workload) {
    const auto summary = workload.summary.text().empty() ? "listed" : workload.summary.text();
    add_result_line({.name = workload.name, .verdict = Verdict::skip, .message = summary});
    record(RecordKind::exact)
        .word("record", "workload")
        .word("name", workload.name)
        .word("verdict", exitscope::name_of(Verdict::skip))
        .number("iterations", 0)
        .number("total", 0)
        .word("group", exitscope::name_of(workload.group))
        .text("why", workload.why.text())
        .text("source", workload.source.text())
        .text("message", summary)
        .finish();
    send();
}

void Report::announce(std::string_view terminal_workload, InstructionSet isa, ReasonNumber reason) {
    record(RecordKind::exact)
        .word("record", "terminal")
        .word("workload", terminal_workload)
        .reason("expected", isa, reason, 1)
        .finish();
    send();
}

void Report::add_error(std::string_view message) {
    verdict_ = Verdict::error;
    record(RecordKind::exact).word("record", "error").text("message", message).finish();
    send();
}

void Report::comment(std::string_view text) {
    line_.clear();
    line_.text("# ").text(text).text("\n");
    send();
}

void Report::write_final(const Reading& last, std::uint64_t io_exits_after) {
    const Counts& exits = last.exits;
    const Subject subject{.isa = exits.isa};
    RecordWriter record{line_, RecordKind::vary, records_ + 1};
    record.word("record", "final").number("total", exits.total);
    for (const ReasonNumber reason : reasons_of(exits.isa)) {
        if (exits.of(reason) != 0)
            record.reason("exits", exits.isa, reason, exits.of(reason));
    }
    const auto cpuid = subject.reason(VmxExitReason::cpuid, SvmExitReason::cpuid);
    const auto io = subject.reason(VmxExitReason::io_instruction, SvmExitReason::ioio);
    record.reason("after", exits.isa, cpuid, last.reads_after)
        .reason("after", exits.isa, io, io_exits_after)
        .finish();
}

void Report::write_end(std::uint64_t number) {
    RecordWriter{line_, RecordKind::exact, number}
        .word("record", "end")
        .number("records", number)
        .word("verdict", exitscope::name_of(verdict_))
        .finish();
}

void Report::end() {
    write_end(++records_);
    send();
}

void Report::end(const Reading& last, const ClosingCosts& costs) {
    write_end(records_ + 2);
    const std::uint64_t end_size = line_.view().size();
    // The number of exits to come stands in the line whose length it depends on. From 0 it only
    // grows, by a digit at a time, until it no longer changes.
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

}  // namespace exitscope
