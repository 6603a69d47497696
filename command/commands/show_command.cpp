// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/core.h>

#include <map>
#include <memory>

#include "commands/commands.h"
#include "print/table.h"
#include "show/formats.h"
#include "text/colour.h"
#include "text/file.h"

namespace exitscope::command::commands {

namespace {

struct ShowOptions {
    std::vector<std::string> files;
    std::string format = "table";
    bool cycles = false;
};

using ResultWriter = std::string (*)(const result::Result&);
const std::map<std::string, ResultWriter> result_writers{
    {"table", show::result_text},   {"markdown", show::result_markdown}, {"csv", show::result_csv},
    {"json", result::write_result}, {"junit", show::result_junit},       {"ktap", show::result_ktap},
    {"folded", show::result_folded}};

std::string side_by_side(const std::vector<result::Result>& results, const std::string& format) {
    const auto table = print::make_table(results);
    return format == "markdown" ? print::table_markdown(table)
                                : print::table_text(table, text::wants_colour());
}

int run(const ShowOptions& options) {
    if (options.files.size() > 1 && options.format != "table" && options.format != "markdown")
        throw usage::WrongUsage(
            fmt::format("--format: {} is of one result; table and markdown show several", options.format));
    std::vector<result::Result> results;
    model::Verdict verdict = model::Verdict::skip;
    for (const auto& file : options.files) {
        results.push_back(result::read_result(text::read_file(file), file));
        verdict = model::worst(verdict, results.back().verdict);
    }
    if (options.cycles) {
        for (const auto& result : results)
            fmt::print("{}{}", &result == results.data() ? "" : "\n", print::cycles_text(result));
    } else if (results.size() > 1) {
        fmt::print("{}", side_by_side(results, options.format));
    } else {
        fmt::print("{}", result_writers.at(options.format)(results.front()));
    }
    return evidence::exit_code_of(verdict);
}

}  // namespace

void add_show_command(usage::CommandLine& line) {
    auto options = std::make_shared<ShowOptions>();
    const auto command =
        line.add("show", "Show one result, or turn it into another format; show several side by side");
    command.option("FILE", options->files, "Result files, in the order of the columns").required();
    const auto format =
        command
            .option("--format", options->format,
                    "table (default), markdown; of one result also csv, json (the result file itself, "
                    "checked), junit and ktap (a test for each workload), folded (stacks for a flame graph)")
            .one_of({"table", "markdown", "csv", "json", "junit", "ktap", "folded"});
    command
        .flag("--cycles", options->cycles,
              "Show the ticks instead: of one step as the guest sees it (smallest, median, largest), of one "
              "exit as the host sees it (from the exit to the next entry), and the difference, which is the "
              "hardware's; worth nothing where time is emulated")
        .excludes(format);
    command.footer(
        "The table of one result has the columns of `perf kvm stat report` where they mean the same; its\n"
        "samples are the exact exits of all workloads, without noise. The table of several has a column for\n"
        "each; colour only on a terminal and without NO_COLOR.\n"
        "Exit code: of the worst verdict; 0 PASS, 1 FAIL, 2 ERROR (usage and unreadable files too),\n"
        "3 CRASH, 77 SKIP of all.");
    command.action([options] { return run(*options); });
}

}  // namespace exitscope::command::commands
