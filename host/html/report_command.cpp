// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "commands.h"
#include "file.h"
#include "html/page.h"
#include "setting.h"

namespace exitscope {

namespace {

struct Options {
    std::vector<std::string> sources;
    std::string out;
};

/// The results of a folder, in the order of the settings.
std::vector<Result> results_of(const std::filesystem::path& source) {
    std::error_code error;
    if (!std::filesystem::is_directory(source, error))
        return {read_result(read_file(source), source.string())};
    std::vector<Result> results;
    for (const auto& setting : settings) {
        const auto file = source / fmt::format("{}.json", setting.name);
        if (std::filesystem::exists(file, error))
            results.push_back(read_result(read_file(file), file.string()));
    }
    if (results.empty())
        throw InputError(
            fmt::format("{}: there is no ept=1.json, ept=0.json, npt=1.json or npt=0.json in it; give the "
                        "folder that `exitscope run --out` wrote",
                        source.string()));
    return results;
}

int run(const Options& options) {
    std::vector<Result> results;
    Verdict verdict = Verdict::skip;
    for (const auto& source : options.sources) {
        for (auto& result : results_of(source)) {
            verdict = worst(verdict, result.verdict);
            results.push_back(std::move(result));
        }
    }
    const auto page = html::page(results);
    write_file(options.out, page);
    fmt::print("{}: {} results, {} KB\n", options.out, results.size(), (page.size() + 999) / 1000);
    return exit_code_of(verdict);
}

}  // namespace

void add_report_command(CLI::App& app, int& exit_code) {
    auto options = std::make_shared<Options>();
    auto* const command =
        app.add_subcommand("report", "Write results as one HTML page, to read, print and send");
    command->add_option("SOURCE", options->sources, "Folders that `exitscope run` wrote, or result files")
        ->required();
    command->add_option("-o,--out", options->out, "The page to write, for example report.html")->required();
    command->footer(
        "The page needs no network and no script: a summary, the table, a chart of each workload, heat maps\n"
        "and where the results come from.\n"
        "Exit code: of the worst verdict; 0 PASS, 1 FAIL, 2 ERROR (usage and unreadable files too),\n"
        "3 CRASH, 77 SKIP of all.");
    command->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace exitscope
