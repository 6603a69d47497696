// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <memory>

#include "commands/commands.h"
#include "compare/formats.h"
#include "compare/marked.h"
#include "compare/report_difference.h"
#include "compare/witnessed.h"
#include "evidence/statistic.h"
#include "evidence/tracepoint.h"
#include "report/report_text.h"
#include "text/file.h"

namespace exitscope::command::commands {

namespace {

struct CompareOptions {
    std::vector<std::string> files;
    std::string format = "table";
    bool changed = false;
    bool reports = false;
    std::string tracepoint;
    std::string statistics;
    std::string marks;
};

using ComparisonWriter = std::string (*)(const compare::Comparison&, compare::Show);
const std::map<std::string, ComparisonWriter> comparison_writers{{"table", compare::comparison_text},
                                                                 {"markdown", compare::comparison_markdown},
                                                                 {"csv", compare::comparison_csv},
                                                                 {"json", compare::comparison_json}};

int exit_code_of(bool equal) {
    return evidence::exit_code_of(equal ? model::Verdict::pass : model::Verdict::fail);
}

result::Result read_result(const std::string& file) {
    return result::read_result(text::read_file(file), file);
}

int compare_results(const CompareOptions& options) {
    if (options.files.size() != 2)
        throw usage::WrongUsage(fmt::format("FILE: two results are compared, not {}", options.files.size()));
    const auto comparison = compare::compare(read_result(options.files[0]), read_result(options.files[1]));
    fmt::print("{}", comparison_writers.at(options.format)(
                         comparison, options.changed ? compare::Show::changed : compare::Show::all));
    return exit_code_of(!comparison.changed());
}

std::string read_report(const std::string& file) {
    auto report = report::read_report_text(file);
    if (report.text.empty())
        throw text::InputError(
            fmt::format("{}: no line `KTAP version 1`; give the .ktap file of a run", file));
    if (report.too_long)
        throw text::InputError(fmt::format("{}: longer than any report; give the .ktap file of a run", file));
    return std::move(report.text);
}

std::string describe(const std::string& file, std::uint64_t line, const std::optional<std::string>& text) {
    return text ? fmt::format("  {}:{}: {}\n", file, line, *text) : fmt::format("  {}: ends here\n", file);
}

int compare_reports(const std::vector<std::string>& files) {
    if (files.size() < 2)
        throw usage::WrongUsage("FILE: --reports compares two or more");
    const auto first = read_report(files.front());
    for (std::size_t i = 1; i < files.size(); ++i) {
        const auto difference = compare::first_difference(first, read_report(files[i]));
        if (!difference)
            continue;
        fmt::print("different:\n{}{}", describe(files.front(), difference->line_of_one, difference->one),
                   describe(files[i], difference->line_of_other, difference->other));
        return exit_code_of(false);
    }
    fmt::print("the same: {} reports agree in every line that may not vary\n", files.size());
    return exit_code_of(true);
}

using WitnessReader = evidence::Witness (*)(std::string_view text, std::string_view source,
                                            model::InstructionSet isa);

int compare_with_witness(const std::string& option, const std::string& witness_file, WitnessReader read,
                         const std::vector<std::string>& files) {
    if (files.size() != 1)
        throw usage::WrongUsage(
            fmt::format("FILE: {} is compared with one result, not {}", option, files.size()));
    const auto result = read_result(files.front());
    const auto witness = read(text::read_file(witness_file), witness_file, result.isa());
    try {
        const auto reasons = compare::compare_with_witness(result, witness);
        fmt::print("{}: {}", result.setting, compare::witnessed_text(witness, reasons));
        return exit_code_of(compare::all_agree(reasons));
    } catch (const text::InputError& problem) {
        throw text::InputError(fmt::format("{} with {}: {}", files.front(), witness_file, problem.what()));
    }
}

evidence::Witness read_tracepoint(std::string_view text, std::string_view source, model::InstructionSet) {
    return evidence::read_tracepoint(text, source);
}

int compare_with_marks(const std::string& marks_file, const std::vector<std::string>& files) {
    if (files.size() != 1)
        throw usage::WrongUsage(
            fmt::format("FILE: --marks is compared with one result, not {}", files.size()));
    const auto result = read_result(files.front());
    const auto marks = evidence::read_marks(text::read_file(marks_file), marks_file);
    try {
        const auto windows = compare::compare_windows(result, marks);
        fmt::print("{}: {}", result.setting, compare::compared_windows_text(marks.isa, windows));
        return exit_code_of(std::ranges::all_of(windows, &compare::ComparedWindow::agrees));
    } catch (const text::InputError& problem) {
        throw text::InputError(fmt::format("{} with {}: {}", files.front(), marks_file, problem.what()));
    }
}

int run(const CompareOptions& options) {
    if (options.reports)
        return compare_reports(options.files);
    if (!options.tracepoint.empty())
        return compare_with_witness("--tracepoint", options.tracepoint, read_tracepoint, options.files);
    if (!options.statistics.empty())
        return compare_with_witness("--statistics", options.statistics, evidence::read_statistic,
                                    options.files);
    if (!options.marks.empty())
        return compare_with_marks(options.marks, options.files);
    return compare_results(options);
}

}  // namespace

void add_compare_command(usage::CommandLine& line) {
    auto options = std::make_shared<CompareOptions>();
    const auto command = line.add(
        "compare", "Show two results side by side: EPT against shadow paging, one kernel against another");
    command.option("FILE", options->files, "Two result files, of any setting and kernel").required();
    const auto changed = command.flag("--changed", options->changed, "Only the workloads that differ");
    const auto format = command.option("--format", options->format, "table (default), markdown, csv or json")
                            .one_of({"table", "markdown", "csv", "json"});
    const auto reports =
        command
            .flag("--reports", options->reports,
                  "Instead, check that the files, two reports (.ktap) or more of one setting, are equal in "
                  "every line that may not vary, and show the first difference")
            .excludes(changed)
            .excludes(format);
    const auto tracepoint =
        command
            .option("--tracepoint", options->tracepoint,
                    "Instead, compare one result, reason by reason, with these counts of the host's kvm_exit "
                    "tracepoint (kvm_exit.json); noise may be more there, never less")
            .excludes(changed)
            .excludes(format)
            .excludes(reports);
    const auto statistics =
        command
            .option(
                "--statistics", options->statistics,
                "The same with KVM's statistic hw_exits (query-stats.json), which a KVM has with the series "
                "kvm-patch/upstream")
            .excludes(changed)
            .excludes(format)
            .excludes(reports)
            .excludes(tracepoint);
    command
        .option(
            "--marks", options->marks,
            "Instead, compare one result, window by window, with what exitscope-trace counted between the "
            "same marks (marks.jsonl); noise is equal, too")
        .excludes(changed)
        .excludes(format)
        .excludes(reports)
        .excludes(tracepoint)
        .excludes(statistics);
    command.footer(
        "Each line is an exit reason of a workload, with the exact exits of both, the difference, and < = or "
        ">;\n"
        "! marks a workload that only one of them has measured. Reasons of VMX and of SVM stand together "
        "where\n"
        "they mean the same.\n"
        "Exit codes: 0 no count differs, 1 some do, 2 usage, unreadable files, or nothing to compare.");
    command.action([options] { return run(*options); });
}

}  // namespace exitscope::command::commands
