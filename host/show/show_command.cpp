// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/format.h>

#include <map>
#include <memory>

#include "commands.h"
#include "file.h"
#include "show/formats.h"

namespace exitscope {

namespace {

struct Options {
    std::string file;
    std::string format = "table";
};

using Writer = std::string (*)(const Result&);
const std::map<std::string, Writer> writers{
    {"table", result_text},  {"markdown", result_markdown}, {"csv", result_csv},      {"json", write_result},
    {"junit", result_junit}, {"ktap", result_ktap},         {"folded", result_folded}};

int run(const Options& options) {
    const auto result = read_result(read_file(options.file), options.file);
    fmt::print("{}", writers.at(options.format)(result));
    return exit_code_of(result.verdict);
}

}  // namespace

void add_show_command(CLI::App& app, int& exit_code) {
    auto options = std::make_shared<Options>();
    auto* const command = app.add_subcommand("show", "Show one result, or turn it into another format");
    command->add_option("FILE", options->file, "A result file")->required();
    command
        ->add_option(
            "--format", options->format,
            "table (default), markdown, csv, json (the result file itself, checked), junit and ktap (a "
            "test for each workload), folded (stacks for a flame graph)")
        ->check(CLI::IsMember(
            std::vector<std::string>{"table", "markdown", "csv", "json", "junit", "ktap", "folded"}));
    command->footer(
        "The table has the columns of `perf kvm stat report` where they mean the same; its samples are the\n"
        "exact exits of all workloads, without noise.\n"
        "Exit code: the verdict's; 0 PASS, 1 FAIL, 2 ERROR (usage and unreadable files too), 3 CRASH, 77 "
        "SKIP.");
    command->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace exitscope
