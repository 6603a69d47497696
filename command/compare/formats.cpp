// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "compare/formats.h"

#include <fmt/core.h>

#include <algorithm>

#include "text/json.h"
#include "text/markdown.h"

namespace exitscope::command::compare {

namespace {

/// One line of any of the tables.
struct Line {
    std::string workload{};
    std::string reason{};
    std::string one{};
    std::string other{};
    /// With its sign; empty where there is nothing to subtract.
    std::string difference{};
    std::string mark{};
};

std::string difference_of(const ReasonPair& pair) {
    if (pair.one == pair.other)
        return "0";
    return pair.one < pair.other ? fmt::format("+{}", pair.other - pair.one)
                                 : fmt::format("-{}", pair.one - pair.other);
}

std::string mark_of(const ReasonPair& pair) {
    if (pair.order() == std::strong_ordering::equal)
        return "=";
    return pair.order() == std::strong_ordering::less ? "<" : ">";
}

/// Why a workload has no counts to compare: its verdict, or that it was not in that run.
std::string state_of(const std::optional<model::Verdict>& verdict, std::uint64_t iterations) {
    if (!verdict)
        return "not run";
    return *verdict == model::Verdict::pass ? fmt::format("x {}", iterations)
                                            : std::string{name_of(*verdict)};
}

void add_lines(std::vector<Line>& lines, const WorkloadPair& workload) {
    if (!workload.comparable() || workload.one != workload.other) {
        const bool same =
            workload.one == workload.other && workload.one_iterations == workload.other_iterations;
        lines.push_back({workload.name, "", state_of(workload.one, workload.one_iterations),
                         state_of(workload.other, workload.other_iterations), "", same ? "=" : "!"});
        if (!workload.comparable())
            return;
    }
    if (workload.reasons.empty())
        lines.push_back({workload.name, "no exits", "0", "0", "0", "="});
    for (const auto& pair : workload.reasons)
        lines.push_back({workload.name, pair.reason, fmt::format("{}", pair.one),
                         fmt::format("{}", pair.other), difference_of(pair), mark_of(pair)});
}

std::vector<Line> lines_of(const Comparison& comparison, Show show) {
    std::vector<Line> lines;
    for (const auto& workload : comparison.workloads) {
        if (show == Show::all || workload.changed())
            add_lines(lines, workload);
    }
    return lines;
}

std::string describe(const Side& side) {
    return fmt::format(
        "{} on Linux {}, {} iterations, {}", side.setting, side.kernel.empty() ? "(unknown)" : side.kernel,
        side.iterations ? fmt::format("{}", *side.iterations) : std::string{"no"}, name_of(side.verdict));
}

std::string summary_of(const Comparison& comparison) {
    const auto changed = std::ranges::count_if(comparison.workloads, &WorkloadPair::changed);
    return fmt::format("{} of {} workloads differ", changed, comparison.workloads.size());
}

/// The two columns' heads: the settings, or the kernels where those are equal.
std::pair<std::string, std::string> heads_of(const Comparison& comparison) {
    const auto& [one, other, workloads] = comparison;
    if (one.setting != other.setting)
        return {one.setting, other.setting};
    if (one.kernel != other.kernel)
        return {one.kernel, other.kernel};
    return {"one", "other"};
}

std::string csv_quoted(const std::string& text) {
    if (text.find_first_of(",\"\n") == std::string::npos)
        return text;
    std::string quoted = "\"";
    for (const char character : text)
        quoted += character == '"' ? std::string{"\"\""} : std::string{character};
    return quoted + "\"";
}

text::Json side_json(const Side& side) {
    return {{"setting", side.setting},
            {"kernel", side.kernel},
            {"iterations", side.iterations ? text::Json(*side.iterations) : text::Json(nullptr)},
            {"verdict", name_of(side.verdict)}};
}

text::Json verdict_json(const std::optional<model::Verdict>& verdict) {
    return verdict ? text::Json(name_of(*verdict)) : text::Json(nullptr);
}

}  // namespace

std::string comparison_text(const Comparison& comparison, Show show) {
    const auto [one, other] = heads_of(comparison);
    std::vector<Line> lines{{"workload", "VM-EXIT", one, other, "difference", ""}};
    std::ranges::move(lines_of(comparison, show), std::back_inserter(lines));
    const auto widest = [&](auto column) {
        return std::ranges::max(lines, {}, [=](const Line& line) { return (line.*column).size(); }).*column;
    };
    const auto workload = widest(&Line::workload).size();
    const auto reason = widest(&Line::reason).size();
    const auto first = widest(&Line::one).size();
    const auto second = widest(&Line::other).size();
    std::string text =
        fmt::format("one:   {}\nother: {}\n\n", describe(comparison.one), describe(comparison.other));
    std::string_view previous;
    for (const auto& line : lines) {
        auto row = fmt::format("{:<{}}  {:<{}}  {:>{}}  {:>{}}  {:>10}  {}",
                               line.workload == previous ? "" : line.workload, workload, line.reason, reason,
                               line.one, first, line.other, second, line.difference, line.mark);
        row.erase(row.find_last_not_of(' ') + 1);
        text += row + "\n";
        previous = line.workload;
    }
    return text + fmt::format("\n{}\n", summary_of(comparison));
}

std::string comparison_markdown(const Comparison& comparison, Show show) {
    const auto [one, other] = heads_of(comparison);
    auto text = fmt::format("| workload | VM-EXIT | {} | {} | difference | |\n|---|---|--:|--:|--:|---|\n",
                            text::markdown_escaped(one), text::markdown_escaped(other));
    for (const auto& line : lines_of(comparison, show))
        text += fmt::format("| `{}` | {} | {} | {} | {} | {} |\n", line.workload, line.reason, line.one,
                            line.other, line.difference, text::markdown_escaped(line.mark));
    return text + fmt::format("\n{}\n", summary_of(comparison));
}

std::string comparison_csv(const Comparison& comparison, Show show) {
    const auto [one, other] = heads_of(comparison);
    auto text = fmt::format("workload,reason,{},{},difference,mark\n", csv_quoted(one), csv_quoted(other));
    for (const auto& line : lines_of(comparison, show))
        text += fmt::format("{},{},{},{},{},{}\n", line.workload, csv_quoted(line.reason), line.one,
                            line.other, line.difference, line.mark);
    return text;
}

std::string comparison_json(const Comparison& comparison, Show show) {
    text::Json workloads = text::Json::array();
    for (const auto& workload : comparison.workloads) {
        if (show == Show::changed && !workload.changed())
            continue;
        text::Json reasons = text::Json::array();
        for (const auto& pair : workload.reasons)
            reasons.push_back({{"reason", pair.reason}, {"one", pair.one}, {"other", pair.other}});
        workloads.push_back({{"name", workload.name},
                             {"changed", workload.changed()},
                             {"one", verdict_json(workload.one)},
                             {"other", verdict_json(workload.other)},
                             {"one_iterations", workload.one_iterations},
                             {"other_iterations", workload.other_iterations},
                             {"reasons", std::move(reasons)}});
    }
    return text::json_text({{"one", side_json(comparison.one)},
                            {"other", side_json(comparison.other)},
                            {"changed", comparison.changed()},
                            {"workloads", std::move(workloads)}});
}

}  // namespace exitscope::command::compare
