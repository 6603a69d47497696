// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/format.h>

#include <map>
#include <memory>

#include "commands/commands.h"
#include "compare/formats.h"
#include "text/file.h"

namespace exitscope::command::commands {

namespace {

struct CompareOptions {
    std::string one;
    std::string other;
    std::string format = "table";
    bool changed = false;
};

using ComparisonWriter = std::string (*)(const compare::Comparison&, compare::Show);
const std::map<std::string, ComparisonWriter> comparison_writers{{"table", compare::comparison_text},
                                                                 {"markdown", compare::comparison_markdown},
                                                                 {"csv", compare::comparison_csv},
                                                                 {"json", compare::comparison_json}};

int run(const CompareOptions& options) {
    const auto comparison =
        compare::compare(result::read_result(text::read_file(options.one), options.one),
                         result::read_result(text::read_file(options.other), options.other));
    fmt::print("{}", comparison_writers.at(options.format)(
                         comparison, options.changed ? compare::Show::changed : compare::Show::all));
    return evidence::exit_code_of(comparison.changed() ? model::Verdict::fail : model::Verdict::pass);
}

}  // namespace

void add_compare_command(usage::CommandLine& line) {
    auto options = std::make_shared<CompareOptions>();
    const auto command = line.add(
        "compare", "Show two results side by side: EPT against shadow paging, one kernel against another");
    command.option("ONE", options->one, "A result file").required();
    command.option("OTHER", options->other, "Another one, of any setting and kernel").required();
    command.flag("--changed", options->changed, "Only the workloads that differ");
    command.option("--format", options->format, "table (default), markdown, csv or json")
        .one_of({"table", "markdown", "csv", "json"});
    command.footer(
        "Each line is an exit reason of a workload, with the exact exits of both, the difference, and < = or "
        ">;\n"
        "! marks a workload that only one of them has measured. Reasons of VMX and of SVM stand together "
        "where\n"
        "they mean the same.\n"
        "Exit codes: 0 no count differs, 1 some do, 2 usage and unreadable files.");
    command.action([options] { return run(*options); });
}

}  // namespace exitscope::command::commands
