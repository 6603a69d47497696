// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "commands/commands.h"
#include "show/formats.h"
#include "text/file.h"

namespace exitscope::command::commands {

namespace {

struct ShowOptions {
    std::string file;
    std::string format{show::formats.front().name};
};

/// `table (default), markdown, ...`
std::string formats_help() {
    std::string text;
    for (const auto& format : show::formats) {
        text += fmt::format("{}{}", text.empty() ? "" : ", ", format.name);
        if (!format.remark.empty())
            text += fmt::format(" ({})", format.remark);
    }
    return text;
}

std::vector<std::string> format_names() {
    std::vector<std::string> names;
    for (const auto& format : show::formats)
        names.emplace_back(format.name);
    return names;
}

int run(const ShowOptions& options) {
    const auto result = result::read_result(text::read_file(options.file), options.file);
    const auto* const format = std::ranges::find(show::formats, options.format, &show::Format::name);
    fmt::print("{}", format->write(result));
    return evidence::exit_code_of(result.verdict);
}

}  // namespace

void add_show_command(CLI::App& app, int& exit_code) {
    auto options = std::make_shared<ShowOptions>();
    auto* const command = app.add_subcommand("show", "Show one result, or turn it into another format");
    command->add_option("FILE", options->file, "A result file")->required();
    command->add_option("--format", options->format, formats_help())->check(CLI::IsMember(format_names()));
    command->footer(
        "The table has the columns of `perf kvm stat report` where they mean the same; its samples are the\n"
        "exact exits of all workloads, without noise.\n"
        "Exit code: the verdict's; 0 PASS, 1 FAIL, 2 ERROR (usage and unreadable files too), 3 CRASH, 77 "
        "SKIP.");
    command->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace exitscope::command::commands
