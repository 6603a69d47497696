// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "print/table.h"

#include <fmt/core.h>

#include <algorithm>

#include "evidence/wanted_parameters.h"
#include "print/noise_summary.h"

namespace exitscope::command::print {

namespace {

Cell cell_of(model::InstructionSet isa, const report::WorkloadReport& workload) {
    Cell cell;
    for (const auto& [reason, count] : workload.exits)
        cell.push_back({count, evidence::display_name(isa, reason), model::Verdict::pass});
    if (cell.empty() && workload.window)
        cell.push_back({0, "", model::Verdict::pass});
    for (const auto& [reason, count] : workload.vm_exits)
        cell.push_back({count, evidence::display_name(isa, reason) + " (VM)", model::Verdict::pass});
    if (workload.verdict != model::Verdict::pass)
        cell.push_back({std::nullopt, std::string{name_of(workload.verdict)}, workload.verdict});
    return cell;
}

Cell cell_of_terminal(const result::Result& result) {
    if (!result.terminal_traced)
        return {{std::nullopt, "ends", model::Verdict::pass}};
    Cell cell;
    for (const auto& [reason, count] : *result.terminal_traced)
        cell.push_back({count, evidence::display_name(result.isa(), reason), model::Verdict::pass});
    return cell;
}

/// `hlt (20)` where it was done less often than the run's iterations.
std::string label_of(const result::Result& result, const report::WorkloadReport& workload) {
    const bool fewer = workload.window && result.run && workload.iterations != result.run->iterations;
    return fewer ? fmt::format("{} ({})", workload.name, workload.iterations) : workload.name;
}

Row row_of(std::span<const result::Result> results, const std::string& name) {
    Row row{name, {}, {}};
    for (const auto& result : results) {
        const auto* const workload = result::find_workload(result, name);
        if (workload == nullptr) {
            const bool terminal = result.terminal && result.terminal->workload == name;
            row.cells.push_back(terminal ? cell_of_terminal(result) : Cell{});
            continue;
        }
        row.cells.push_back(cell_of(result.isa(), *workload));
        row.group = workload->group;
        if (row.name == name)
            row.name = label_of(result, *workload);
    }
    return row;
}

/// The names of all workloads: the first result's order, then what only later ones have, then what ended one.
std::vector<std::string> workload_names(std::span<const result::Result> results) {
    std::vector<std::string> names;
    const auto add = [&names](const std::string& name) {
        if (std::ranges::find(names, name) == names.end())
            names.push_back(name);
    };
    for (const auto& result : results) {
        for (const auto& workload : result.workloads)
            add(workload.name);
    }
    for (const auto& result : results) {
        if (result.terminal)
            add(result.terminal->workload);
    }
    return names;
}

/// Keeps the order of the groups and the order within each.
void bring_groups_together(std::vector<Row>& rows) {
    for (auto row = rows.begin(); row != rows.end();)
        row = std::stable_partition(row, rows.end(),
                                    [group = row->group](const Row& each) { return each.group == group; });
}

/// One line for a problem that several settings share.
std::vector<evidence::Problem> problems_of(std::span<const result::Result> results) {
    struct Shared {
        evidence::Problem problem;
        std::string settings;
    };
    std::vector<Shared> all;
    for (const auto& result : results) {
        for (const auto& problem : result.problems) {
            const auto known = std::ranges::find(all, problem, &Shared::problem);
            if (known == all.end())
                all.push_back({problem, result.setting});
            else
                known->settings += ", " + result.setting;
        }
    }
    std::vector<evidence::Problem> problems;
    for (const auto& [problem, names] : all)
        problems.push_back({problem.verdict, fmt::format("{}: {}", names, problem.message)});
    std::ranges::stable_sort(problems, std::ranges::greater{}, &evidence::Problem::verdict);
    return problems;
}

std::string iterations_of(const result::Result& result) {
    return result.run ? fmt::format("{}", result.run->iterations) : "no";
}

std::string heading_of(std::span<const result::Result> results) {
    const auto first = iterations_of(results.front());
    const bool equal =
        std::ranges::all_of(results, [&](const auto& each) { return iterations_of(each) == first; });
    if (equal)
        return fmt::format("VM exits of {} iterations of each workload (or as many as it says), exact",
                           first);
    std::string heading = "VM exits of each workload, exact, by iterations:";
    for (const auto& result : results)
        heading += fmt::format(" {} in {},", iterations_of(result), result.setting);
    heading.pop_back();
    return heading;
}

}  // namespace

Table make_table(std::span<const result::Result> results) {
    Table table{
        .heading = heading_of(results), .verdicts = {.name = "verdict"}, .noise = noise_summary(results)};
    for (const auto& name : workload_names(results))
        table.rows.push_back(row_of(results, name));
    bring_groups_together(table.rows);
    table.problems = problems_of(results);
    for (const auto& result : results) {
        table.columns.push_back(result.setting);
        table.verdicts.cells.push_back(
            {{std::nullopt, std::string{name_of(result.verdict)}, result.verdict}});
        if (result.terminal && !result.terminal_traced)
            table.notes.push_back(fmt::format("{}: {} is judged by QEMU's status alone", result.setting,
                                              result.terminal->workload));
        if (const auto odd = result.host ? evidence::odd_parameters_text(*result.host) : std::string{};
            !odd.empty())
            table.notes.push_back(
                fmt::format("{}: the oracles are for other parameters than {}", result.setting, odd));
    }
    return table;
}

}  // namespace exitscope::command::print
