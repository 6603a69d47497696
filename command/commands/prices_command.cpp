// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/core.h>

#include <memory>

#include "commands/commands.h"
#include "prices/prices.h"
#include "report/report_parser.h"
#include "text/file.h"

namespace exitscope::command::commands {

namespace {

struct PricesOptions {
    std::string list;
    bool nested = false;
    std::vector<std::string> results;
};

std::vector<report::Description> read_list(const std::string& file) {
    const auto report = report::parse_report(text::read_file(file));
    if (!report.damage.empty())
        throw text::InputError(fmt::format("{}: {}", file, report.damage.front()));
    if (!report.end_verdict || report.descriptions.empty() ||
        report.descriptions.size() != report.workloads.size())
        throw text::InputError(
            fmt::format("{}: this is no list; give what the guest kernel prints with `list`", file));
    return report.descriptions;
}

int run(const PricesOptions& options) {
    const auto list = read_list(options.list);
    std::vector<result::Result> results;
    for (const auto& file : options.results)
        results.push_back(result::read_result(text::read_file(file), file));
    fmt::print("{}", options.nested ? prices::nested_markdown(list, results)
                                    : prices::prices_markdown(list, results));
    return evidence::exit_code_of(model::Verdict::pass);
}

}  // namespace

void add_prices_command(usage::CommandLine& line) {
    auto options = std::make_shared<PricesOptions>();
    const auto command = line.add("prices", "Print what each workload costs a step (docs/exit-prices.md)");
    command.option("--list", options->list, "What the guest kernel prints with `list` on its command line")
        .required();
    command.flag("--nested", options->nested,
                 "Print docs/nested.md: nested guests, and those of KVM beside them");
    command
        .option("RESULT", options->results,
                "Result files of PASS, of each kernel and setting one, or several with different workloads")
        .required();
    command.footer(
        "Prints Markdown, the same for the same files. Each number is measured; `why` is the list's.\n"
        "Exit codes: 0 printed, 2 usage, unreadable files, or results of which no prices can be made.");
    command.action([options] { return run(*options); });
}

}  // namespace exitscope::command::commands
