// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/core.h>

#include <filesystem>
#include <memory>

#include "commands/commands.h"
#include "evidence/setting.h"
#include "page/page.h"
#include "text/file.h"

namespace exitscope::command::commands {

namespace {

struct PageOptions {
    std::vector<std::string> sources;
    std::string out;
};

/// The results of a folder, in the order of the settings.
std::vector<result::Result> results_of(const std::filesystem::path& source) {
    std::error_code error;
    if (!std::filesystem::is_directory(source, error))
        return {result::read_result(text::read_file(source), source.string())};
    std::vector<result::Result> results;
    for (const auto& setting : evidence::settings) {
        const auto file = source / fmt::format("{}.json", setting.name);
        if (std::filesystem::exists(file, error))
            results.push_back(result::read_result(text::read_file(file), file.string()));
    }
    if (results.empty())
        throw text::InputError(
            fmt::format("{}: there is no ept=1.json, ept=0.json, npt=1.json or npt=0.json in it; give the "
                        "folder that `exitscope run --out` wrote",
                        source.string()));
    return results;
}

int run(const PageOptions& options) {
    std::vector<result::Result> results;
    model::Verdict verdict = model::Verdict::skip;
    for (const auto& source : options.sources) {
        for (auto& result : results_of(source)) {
            verdict = model::worst(verdict, result.verdict);
            results.push_back(std::move(result));
        }
    }
    const auto page = page::html(results);
    text::write_file(options.out, page);
    fmt::print("{}: {} results, {} KB\n", options.out, results.size(), (page.size() + 999) / 1000);
    return evidence::exit_code_of(verdict);
}

}  // namespace

void add_report_command(usage::CommandLine& line) {
    auto options = std::make_shared<PageOptions>();
    const auto command = line.add("report", "Write results as one HTML page, to read, print and send");
    command.option("SOURCE", options->sources, "Folders that `exitscope run` wrote, or result files")
        .required();
    command.option("-o,--out", options->out, "The page to write, for example report.html").required();
    command.footer(
        "The page needs no network and no script: a summary, the table, a chart of each workload, heat maps\n"
        "and where the results come from.\n"
        "Exit code: of the worst verdict; 0 PASS, 1 FAIL, 2 ERROR (usage and unreadable files too),\n"
        "3 CRASH, 77 SKIP of all.");
    command.action([options] { return run(*options); });
}

}  // namespace exitscope::command::commands
