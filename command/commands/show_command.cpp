// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/format.h>

#include <map>
#include <memory>

#include "commands/commands.h"
#include "show/formats.h"
#include "text/file.h"

namespace exitscope::command::commands {

namespace {

struct ShowOptions {
    std::string file;
    std::string format = "table";
};

using ResultWriter = std::string (*)(const result::Result&);
const std::map<std::string, ResultWriter> result_writers{
    {"table", show::result_text},   {"markdown", show::result_markdown}, {"csv", show::result_csv},
    {"json", result::write_result}, {"junit", show::result_junit},       {"ktap", show::result_ktap},
    {"folded", show::result_folded}};

int run(const ShowOptions& options) {
    const auto result = result::read_result(text::read_file(options.file), options.file);
    fmt::print("{}", result_writers.at(options.format)(result));
    return evidence::exit_code_of(result.verdict);
}

}  // namespace

void add_show_command(usage::CommandLine& line) {
    auto options = std::make_shared<ShowOptions>();
    const auto command = line.add("show", "Show one result, or turn it into another format");
    command.option("FILE", options->file, "A result file").required();
    command
        .option("--format", options->format,
                "table (default), markdown, csv, json (the result file itself, checked), junit and ktap (a "
                "test for each workload), folded (stacks for a flame graph)")
        .one_of({"table", "markdown", "csv", "json", "junit", "ktap", "folded"});
    command.footer(
        "The table has the columns of `perf kvm stat report` where they mean the same; its samples are the\n"
        "exact exits of all workloads, without noise.\n"
        "Exit code: the verdict's; 0 PASS, 1 FAIL, 2 ERROR (usage and unreadable files too), 3 CRASH, 77 "
        "SKIP.");
    command.action([options] { return run(*options); });
}

}  // namespace exitscope::command::commands
