// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/core.h>

#include "result/result.h"
#include "text/file.h"
#include "text/json_value.h"

namespace exitscope::command::result {

namespace {

template <typename Value>
Value known(const text::JsonValue& json, std::optional<Value> (*parse)(std::string_view)) {
    const auto value = parse(json.text());
    if (!value)
        json.fail(fmt::format("unknown value \"{}\"", json.text()));
    return *value;
}

std::optional<std::string> parse_setting(std::string_view name) {
    return evidence::find_setting(name) != nullptr ? std::optional{std::string{name}} : std::nullopt;
}

evidence::Counts read_counts(const text::JsonValue& json, model::InstructionSet isa) {
    evidence::Counts counts;
    for (const auto& [key, value] : json.members()) {
        const auto reason = evidence::parse_reason(isa, key);
        if (!reason)
            value.fail(fmt::format("the manual defines no such exit reason of {}", name_of(isa)));
        counts.emplace(*reason, value.number());
    }
    return counts;
}

std::optional<std::uint64_t> number_or_none(const text::JsonValue& json) {
    return json.is_null() ? std::nullopt : std::optional{json.number()};
}

/// A member that older results lack.
std::optional<std::uint64_t> number_if_there(const text::JsonValue& json, const char* member) {
    return json.has(member) ? std::optional{json.at(member).number()} : std::nullopt;
}

evidence::ReportedCosts read_costs(const text::JsonValue& json, model::InstructionSet isa) {
    evidence::ReportedCosts costs;
    for (const auto& cost : json.elements()) {
        const auto reason = evidence::parse_reason(isa, cost.at("reason").text());
        if (!reason)
            cost.at("reason").fail(fmt::format("the manual defines no such exit reason of {}", name_of(isa)));
        costs.push_back({*reason, cost.at("exits").number(), cost.at("what").text()});
    }
    return costs;
}

std::vector<evidence::Problem> read_problems(const text::JsonValue& json) {
    std::vector<evidence::Problem> problems;
    for (const auto& problem : json.elements())
        problems.push_back(
            {known(problem.at("verdict"), model::parse_verdict), problem.at("message").text()});
    return problems;
}

std::optional<report::RunInfo> read_counters(const text::JsonValue& json, const text::JsonValue& root) {
    if (json.is_null())
        return std::nullopt;
    return report::RunInfo{.counters = json.at("source").text(),
                           .abi = json.at("abi").number(),
                           .isa = known(json.at("isa"), model::parse_isa),
                           .paging = known(json.at("paging"), model::parse_paging),
                           .features = json.at("features").text(),
                           .slots = json.at("slots").number(),
                           .iterations = root.at("iterations").number(),
                           .workloads = root.at("workloads").elements().size(),
                           .vcpus = number_or_none(root.at("vcpus")),
                           .backing = json.has("backing") ? json.at("backing").text() : std::string{}};
}

report::VaryingPart read_window(const text::JsonValue& json, model::InstructionSet isa) {
    const auto ticks = json.at("guest_ticks");
    return {.total = json.at("window_total").number(),
            .reads = json.at("reads").number(),
            .mark = number_if_there(json, "mark"),
            .noise = read_counts(json.at("noise"), isa),
            .cycles = read_counts(json.at("cycles"), isa),
            .kernel_cycles = read_counts(json.at("kernel_cycles"), isa),
            .guest_ticks = {ticks.at("min").number(), ticks.at("median").number(), ticks.at("max").number()},
            .doubled_total = number_or_none(json.at("doubled_total")),
            .doubled_mark = number_if_there(json, "doubled_mark"),
            .doubled_noise = read_counts(json.at("doubled_noise"), isa),
            .vm_noise = read_counts(json.at("vm_noise"), isa)};
}

report::WorkloadReport read_workload(const text::JsonValue& json, model::InstructionSet isa) {
    report::WorkloadReport workload{.name = json.at("name").text(),
                                    .group = json.at("group").text(),
                                    .verdict = known(json.at("verdict"), model::parse_verdict),
                                    .message = json.at("message").text(),
                                    .iterations = json.at("iterations").number(),
                                    .total = json.at("total").number(),
                                    .exits = read_counts(json.at("exits"), isa),
                                    .expected = read_counts(json.at("expected"), isa),
                                    .doubled = read_counts(json.at("doubled"), isa),
                                    .each = read_costs(json.at("each"), isa),
                                    .once = read_costs(json.at("once"), isa),
                                    .vm_exits = read_counts(json.at("vm_exits"), isa),
                                    .vm_expected = read_counts(json.at("vm_expected"), isa)};
    if (json.at("measured").boolean())
        workload.window = read_window(json, isa);
    return workload;
}

void read_terminal(const text::JsonValue& json, Result& result) {
    if (json.is_null())
        return;
    result.terminal = report::Terminal{.workload = json.at("workload").text(),
                                       .expected = read_counts(json.at("expected"), result.isa())};
    if (!json.at("traced").is_null())
        result.terminal_traced = read_counts(json.at("traced"), result.isa());
}

std::optional<report::FinalReading> read_final(const text::JsonValue& json, model::InstructionSet isa) {
    if (json.is_null())
        return std::nullopt;
    return report::FinalReading{.total = json.at("total").number(),
                                .exits = read_counts(json.at("exits"), isa),
                                .after = read_counts(json.at("after"), isa)};
}

void check_format(const text::JsonValue& root) {
    if (const auto format = root.at("format").text(); format != result_format)
        root.at("format").fail(
            fmt::format("\"{}\" expected, found \"{}\"; is it a result file?", result_format, format));
    if (const auto version = root.at("version").number(); version != result_version)
        root.at("version").fail(
            fmt::format("this exitscope reads version {}, the file is version {}; run the setting "
                        "again or use the exitscope that wrote it",
                        result_version, version));
}

}  // namespace

Result read_result(std::string_view text, std::string_view source) {
    const text::JsonDocument document{text, source};
    const auto root = document.root();
    check_format(root);
    Result result;
    result.setting = known(root.at("setting"), parse_setting);
    result.verdict = known(root.at("verdict"), model::parse_verdict);
    result.problems = read_problems(root.at("problems"));
    const auto evidence = root.at("evidence");
    result.run = read_counters(evidence.at("counters"), root);
    if (!evidence.at("host").is_null())
        result.host = evidence::read_host_evidence(evidence.at("host"), root.at("provenance"));
    result.paging_by_counts = evidence.at("counts").text();
    for (const auto& workload : root.at("workloads").elements())
        result.workloads.push_back(read_workload(workload, result.isa()));
    result.final_reading = read_final(root.at("final"), result.isa());
    read_terminal(root.at("terminal"), result);
    result.qemu_status = root.at("qemu_status").integer();
    return result;
}

}  // namespace exitscope::command::result
