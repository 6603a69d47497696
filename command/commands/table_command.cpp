// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/format.h>

#include <memory>

#include "commands/commands.h"
#include "print/table.h"
#include "text/colour.h"
#include "text/file.h"

namespace exitscope::command::commands {

namespace {

struct TableOptions {
    std::vector<std::string> files;
    std::string format = "table";
    bool cycles = false;
};

int run(const TableOptions& options) {
    std::vector<result::Result> results;
    model::Verdict verdict = model::Verdict::skip;
    for (const auto& file : options.files) {
        results.push_back(result::read_result(text::read_file(file), file));
        verdict = model::worst(verdict, results.back().verdict);
    }
    if (options.cycles) {
        for (const auto& result : results)
            fmt::print("{}{}", &result == results.data() ? "" : "\n", print::cycles_text(result));
        return evidence::exit_code_of(verdict);
    }
    const auto table = print::make_table(results);
    fmt::print("{}", options.format == "markdown" ? print::table_markdown(table)
                                                  : print::table_text(table, text::wants_colour()));
    return evidence::exit_code_of(verdict);
}

}  // namespace

void add_table_command(usage::CommandLine& line) {
    auto options = std::make_shared<TableOptions>();
    const auto command = line.add("table", "Show results side by side, a column for each setting");
    command.option("FILE", options->files, "Result files, in the order of the columns").required();
    const auto format =
        command.option("--format", options->format, "table for a terminal (default), markdown for a README")
            .one_of({"table", "markdown"});
    command
        .flag("--cycles", options->cycles,
              "Show the ticks instead: of one step as the guest sees it (smallest, median, largest), of one "
              "exit as the host sees it (from the exit to the next entry), and the difference, which is the "
              "hardware's; worth nothing where time is emulated")
        .excludes(format);
    command.footer(
        "Each cell holds the exact exits by reason. Colour only on a terminal and without NO_COLOR.\n"
        "Exit code: of the worst verdict; 0 PASS, 1 FAIL, 2 ERROR (usage and unreadable files too),\n"
        "3 CRASH, 77 SKIP of all.");
    command.action([options] { return run(*options); });
}

}  // namespace exitscope::command::commands
