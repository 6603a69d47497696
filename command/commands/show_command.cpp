// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/core.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "commands/commands.h"
#include "print/table.h"
#include "show/formats.h"
#include "text/file.h"

namespace exitscope::command::commands {

namespace {

struct ShowOptions {
    std::vector<std::string> files;
    std::string format{show::formats.front().name};
    bool cycles = false;
};

/// `table (default), markdown; of one result also csv, ...`
std::string formats_help() {
    std::string text;
    bool of_several = true;
    for (const auto& format : show::formats) {
        if (!text.empty())
            text += of_several && format.write_several == nullptr ? "; of one result also " : ", ";
        of_several = format.write_several != nullptr;
        text += format.name;
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

void expect_several(const show::Format& chosen) {
    if (chosen.write_several != nullptr)
        return;
    std::string names;
    for (const auto& format : show::formats) {
        if (format.write_several != nullptr)
            names += fmt::format("{}{}", names.empty() ? "" : " and ", format.name);
    }
    throw usage::WrongUsage(
        fmt::format("--format: {} is of one result; {} show several", chosen.name, names));
}

int run(const ShowOptions& options) {
    const auto* const format = std::ranges::find(show::formats, options.format, &show::Format::name);
    if (options.files.size() > 1)
        expect_several(*format);
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
        fmt::print("{}", format->write_several(results));
    } else {
        fmt::print("{}", format->write(results.front()));
    }
    return evidence::exit_code_of(verdict);
}

}  // namespace

void add_show_command(usage::CommandLine& line) {
    auto options = std::make_shared<ShowOptions>();
    const auto command =
        line.add("show", "Show one result, or turn it into another format; show several side by side");
    command.option("FILE", options->files, "Result files, in the order of the columns").required();
    const auto format = command.option("--format", options->format, formats_help()).one_of(format_names());
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
