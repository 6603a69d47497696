// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "report/report_records.h"

#include <fmt/core.h>

#include "text/number.h"
#include "text/printable.h"

namespace exitscope::command::report {

namespace {

model::Verdict read_verdict(const Record& record) {
    const auto verdict = model::parse_verdict(record.word("verdict"));
    if (!verdict || *verdict == model::Verdict::crash)
        throw Malformed(fmt::format("verdict={} is no verdict", text::printable(record.word("verdict"))));
    return *verdict;
}

std::optional<std::uint64_t> number_or_none(const Record& record, std::string_view key) {
    return record.has(key) ? std::optional{record.number(key)} : std::nullopt;
}

template <typename Value>
Value known(std::optional<Value> value, const Record& record, std::string_view key) {
    if (!value)
        throw Malformed(fmt::format("{}={} is unknown", key, text::printable(record.word(key))));
    return *value;
}

/// All marks, or the only one.
std::vector<std::uint64_t> read_marks(const Record& record, std::string_view key, std::string_view only) {
    std::vector<std::uint64_t> marks;
    if (!record.has(key)) {
        if (record.has(only))
            marks.push_back(record.number(only));
        return marks;
    }
    for (auto rest = record.word(key);;) {
        const auto end = std::min(rest.find(','), rest.size());
        const auto mark = text::parse_decimal(rest.substr(0, end));
        if (!mark)
            throw Malformed(
                fmt::format("{}={} is no list of numbers", key, text::printable(record.word(key))));
        marks.push_back(*mark);
        if (end == rest.size())
            return marks;
        rest.remove_prefix(end + 1);
    }
}

}  // namespace

RunInfo read_run(const Record& record) {
    if (const auto version = record.number("report"); version != report_version)
        throw OtherVersion(
            fmt::format("the report is of version {}, this exitscope reads version {}; measure anew with "
                        "the guest kernel that was built with this exitscope",
                        version, report_version));
    return {.counters = std::string{record.word("counters")},
            .abi = record.number("abi"),
            .isa = known(model::parse_isa(record.word("isa")), record, "isa"),
            .paging = known(model::parse_paging(record.word("paging")), record, "paging"),
            .features = std::string{record.word("features")},
            .slots = record.number("slots"),
            .iterations = record.number("iterations"),
            .workloads = record.number("workloads"),
            .vcpus = number_or_none(record, "vcpus"),
            .backing = std::string{record.word_or_none("backing")}};
}

WorkloadReport read_workload(const Record& record, model::InstructionSet isa) {
    return {.name = std::string{record.word("name")},
            .group = std::string{record.word_or_none("group")},
            .verdict = read_verdict(record),
            .message = std::string{record.word_or_none("message")},
            .iterations = record.number("iterations"),
            .total = record.number("total"),
            .exits = record.counts("exits", isa),
            .expected = record.counts("expected", isa),
            .doubled = record.counts("doubled", isa),
            .each = record.costs("each", isa),
            .once = record.costs("once", isa),
            .vm_exits = record.counts("vm_exits", isa),
            .vm_expected = record.counts("vm_expected", isa)};
}

VaryingPart read_window(const Record& record, model::InstructionSet isa) {
    const auto cycles = record.counts("cycles", isa);
    // The record holds only those that differ from the cycles.
    auto kernel_cycles = record.counts("kernel_cycles", isa);
    kernel_cycles.insert(cycles.begin(), cycles.end());
    return {.total = record.number("total"),
            .reads = record.number("reads"),
            .mark = number_or_none(record, "mark"),
            .noise = record.counts("noise", isa),
            .cycles = cycles,
            .kernel_cycles = kernel_cycles,
            .guest_ticks = {record.number("guest_min"), record.number("guest_median"),
                            record.number("guest_max")},
            .doubled_total = number_or_none(record, "doubled_total"),
            .doubled_mark = number_or_none(record, "doubled_mark"),
            .doubled_noise = record.counts("doubled_noise", isa),
            .vm_noise = record.counts("vm_noise", isa),
            .marks = read_marks(record, "marks", "mark"),
            .doubled_marks = read_marks(record, "doubled_marks", "doubled_mark"),
            .interrupts = record.has("interrupts") ? known(model::parse_interrupts(record.word("interrupts")),
                                                           record, "interrupts")
                                                   : model::Interrupts::off};
}

Description read_description(const Record& record) {
    return {.name = std::string{record.word("name")},
            .group = std::string{record.word("group")},
            .summary = std::string{record.word("message")},
            .why = std::string{record.word("why")},
            .source = std::string{record.word("source")}};
}

Terminal read_terminal(const Record& record, model::InstructionSet isa) {
    return {.workload = std::string{record.word("workload")}, .expected = record.counts("expected", isa)};
}

FinalReading read_final(const Record& record, model::InstructionSet isa) {
    return {.total = record.number("total"),
            .exits = record.counts("exits", isa),
            .after = record.counts("after", isa)};
}

model::Verdict read_end(const Record& record) {
    if (const auto records = record.number("records"); records != record.position())
        throw Malformed(
            fmt::format("the end speaks of {} records and is number {}", records, record.position()));
    return read_verdict(record);
}

std::string result_line(std::size_t number, const WorkloadReport& workload) {
    switch (workload.verdict) {
        case model::Verdict::pass:
            return fmt::format("ok {} {}", number, workload.name);
        case model::Verdict::fail:
            return fmt::format("not ok {} {}", number, workload.name);
        case model::Verdict::skip:
            return fmt::format("ok {} {} # SKIP {}", number, workload.name, workload.message);
        default:
            return fmt::format("not ok {} {} # ERROR {}", number, workload.name, workload.message);
    }
}

}  // namespace exitscope::command::report
