// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "table.h"

#include <fmt/format.h>

#include <algorithm>

#include "noise_summary.h"

namespace exitscope {

namespace {

const WorkloadReport* find(const Result& result, const std::string& name) {
    const auto found = std::ranges::find(result.workloads, name, &WorkloadReport::name);
    return found == result.workloads.end() ? nullptr : &*found;
}

Cell cell_of(InstructionSet isa, const WorkloadReport& workload) {
    Cell cell;
    for (const auto& [reason, count] : workload.exits)
        cell.push_back({count, display_name(isa, reason), Verdict::pass});
    if (cell.empty() && workload.window)
        cell.push_back({0, "", Verdict::pass});
    if (workload.verdict != Verdict::pass)
        cell.push_back({std::nullopt, std::string{name_of(workload.verdict)}, workload.verdict});
    return cell;
}

Row row_of(std::span<const Result> results, const std::string& name) {
    Row row{name, {}};
    for (const auto& result : results) {
        const auto* const workload = find(result, name);
        row.cells.push_back(workload == nullptr ? Cell{} : cell_of(result.isa(), *workload));
    }
    return row;
}

/// The names of all workloads: the first result's order, then what only later ones have.
std::vector<std::string> workload_names(std::span<const Result> results) {
    std::vector<std::string> names;
    for (const auto& result : results) {
        for (const auto& workload : result.workloads) {
            if (std::ranges::find(names, workload.name) == names.end())
                names.push_back(workload.name);
        }
    }
    return names;
}

std::string iterations_of(const Result& result) {
    return result.run ? fmt::format("{}", result.run->iterations) : "no";
}

std::string heading_of(std::span<const Result> results) {
    const auto first = iterations_of(results.front());
    const bool equal =
        std::ranges::all_of(results, [&](const auto& each) { return iterations_of(each) == first; });
    if (equal)
        return fmt::format("VM exits of {} iterations of each workload, exact", first);
    std::string heading = "VM exits of each workload, exact, by iterations:";
    for (const auto& result : results)
        heading += fmt::format(" {} in {},", iterations_of(result), result.setting);
    heading.pop_back();
    return heading;
}

}  // namespace

Table make_table(std::span<const Result> results) {
    Table table{.heading = heading_of(results), .verdicts = {"verdict", {}}, .noise = noise_summary(results)};
    for (const auto& name : workload_names(results))
        table.rows.push_back(row_of(results, name));
    for (const auto& result : results) {
        table.columns.push_back(result.setting);
        table.verdicts.cells.push_back(
            {{std::nullopt, std::string{name_of(result.verdict)}, result.verdict}});
        for (const auto& problem : result.problems)
            table.problems.push_back(
                {problem.verdict, fmt::format("{}: {}", result.setting, problem.message)});
    }
    return table;
}

}  // namespace exitscope
