// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The whole command line: subcommands under headings, of which one has to be given.

#include <map>
#include <memory>
#include <string>

#include "usage/command.h"

namespace exitscope::command::usage {

class CommandLine {
public:
    /// `description` stands above and `footer` below the subcommands in --help.
    CommandLine(const std::string& name, const std::string& description, const std::string& footer);
    ~CommandLine();

    CommandLine(const CommandLine&) = delete;
    CommandLine& operator=(const CommandLine&) = delete;
    CommandLine(CommandLine&&) = delete;
    CommandLine& operator=(CommandLine&&) = delete;

    /// Those that are added from here on stand under `text` in --help.
    void heading(const std::string& text) { heading_ = text; }

    /// Adds a subcommand, whose wrong usage ends with `usage_exit_code`.
    Command add(const std::string& name, const std::string& description,
                int usage_exit_code = exit_code_of_wrong_usage);

    /// Reads the words and does what they say. Returns the exit code; prints what is wrong with the words.
    /// What a command throws goes through.
    [[nodiscard]] int run(int argc, const char* const* argv);

    /// For who wants the words read and nothing done.
    [[nodiscard]] CLI::App& parser() { return *app_; }

private:
    std::unique_ptr<CLI::App> app_;
    std::string heading_{};
    std::map<std::string, int> usage_exit_codes_{};
    int exit_code_ = 0;
};

}  // namespace exitscope::command::usage
