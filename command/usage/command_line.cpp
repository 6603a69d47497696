// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "usage/command_line.h"

#include <CLI/CLI.hpp>

#include "usage/help.h"

namespace exitscope::command::usage {

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
        if (app_->exit(problem) == 0)
            return 0;
        const auto given = app_->get_subcommands();
        return given.empty() ? exit_code_of_wrong_usage : usage_exit_codes_.at(given.front()->get_name());
    }
}

}  // namespace exitscope::command::usage
