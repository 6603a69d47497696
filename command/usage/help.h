// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// How --help looks: `--setting SETTING   what it is`, wrapped to the width of a terminal.

#include <CLI/CLI.hpp>
#include <string>

namespace exitscope::command::usage {

class HelpFormatter : public CLI::Formatter {
public:
    std::string make_option(const CLI::Option* option, bool is_positional) const override;
    std::string make_subcommand(const CLI::App* command) const override;
};

}  // namespace exitscope::command::usage
