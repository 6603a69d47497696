// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/format.h>

#include <memory>

#include "commands/commands.h"
#include "compare/same.h"
#include "evidence/problem.h"
#include "report/report_text.h"
#include "text/file.h"

namespace exitscope::command::commands {

namespace {

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

int run(const std::vector<std::string>& files) {
    const auto first = read_report(files.front());
    for (std::size_t i = 1; i < files.size(); ++i) {
        const auto difference = compare::first_difference(first, read_report(files[i]));
        if (!difference)
            continue;
        fmt::print("different:\n{}{}", describe(files.front(), difference->line_of_one, difference->one),
                   describe(files[i], difference->line_of_other, difference->other));
        return evidence::exit_code_of(model::Verdict::fail);
    }
    fmt::print("the same: {} reports agree in every line that may not vary\n", files.size());
    return evidence::exit_code_of(model::Verdict::pass);
}

}  // namespace

void add_same_command(usage::CommandLine& line) {
    auto files = std::make_shared<std::vector<std::string>>();
    const auto command = line.add("same", "Check that reports are equal without their varying records");
    command.option("FILE", *files, "Two or more .ktap files of the same setting").required().at_least(2);
    command.footer(
        "Shows the first difference.\n"
        "Exit codes: 0 equal, 1 different, 2 usage and unreadable files.");
    command.action([files] { return run(*files); });
}

}  // namespace exitscope::command::commands
