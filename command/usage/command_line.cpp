// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "usage/command_line.h"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>

#include "text/nearest.h"
#include "usage/help.h"

namespace exitscope::command::usage {

namespace {

std::vector<std::string> names_of_commands(const CLI::App& app) {
    std::vector<std::string> names;
    for (const auto* const command : app.get_subcommands([](const CLI::App*) { return true; }))
        names.push_back(command->get_name());
    return names;
}

std::vector<std::string> names_of_options(const CLI::App& app) {
    std::vector<std::string> names;
    for (const auto* const option : app.get_options()) {
        for (const auto& name : option->get_lnames())
            names.push_back("--" + name);
    }
    return names;
}

/// A mistyped command or option. Empty if what is wrong is something else.
std::string mistyped_word(const CLI::App& app) {
    const auto left = app.remaining(true);
    const auto given = app.get_subcommands();
    const bool is_command = given.empty();
    const auto is_meant = [is_command](const std::string& word) {
        return is_command ? !word.starts_with("-") : word.starts_with("--");
    };
    const auto mistyped = std::ranges::find_if(left, is_meant);
    if (mistyped == left.end())
        return {};
    const auto word = mistyped->substr(0, mistyped->find('='));
    if (is_command)
        return fmt::format("there is no command {}; the nearest is {}", word,
                           text::nearest(word, names_of_commands(app)));
    return fmt::format("not expected: {}; the nearest option of {} is {}", word, given.front()->get_name(),
                       text::nearest(word, names_of_options(*given.front())));
}

}  // namespace

CommandLine::CommandLine(const std::string& name, const std::string& description, const std::string& footer)
    : app_{std::make_unique<CLI::App>(description, name)} {
    app_->formatter(std::make_shared<HelpFormatter>());
    app_->require_subcommand(1);
    app_->footer(footer);
}

CommandLine::~CommandLine() = default;

Command CommandLine::add(const std::string& name, const std::string& description, int usage_exit_code) {
    usage_exit_codes_[name] = usage_exit_code;
    auto* const command = app_->add_subcommand(name, description);
    command->group(heading_);
    return Command{*command, exit_code_};
}

int CommandLine::run(int argc, const char* const* argv) {
    try {
        app_->parse(argc, argv);
        return exit_code_;
    } catch (const CLI::ParseError& problem) {
        const auto mistyped = mistyped_word(*app_);
        if (problem.get_exit_code() == 0 || mistyped.empty())
            app_->exit(problem);
        else
            fmt::print(stderr, "{}\nRun with --help for more information.\n", mistyped);
        if (problem.get_exit_code() == 0)
            return 0;
        const auto given = app_->get_subcommands();
        return given.empty() ? exit_code_of_wrong_usage : usage_exit_codes_.at(given.front()->get_name());
    }
}

}  // namespace exitscope::command::usage
