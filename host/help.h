// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// How --help looks: `--setting SETTING   what it is`, wrapped to the width of a terminal.

#include <CLI/CLI.hpp>
#include <string>

namespace exitscope {

/// Words of `text` in lines of at most `width` characters, those after the first behind `indent` blanks. A
/// word that is longer has a line of its own.
[[nodiscard]] std::string wrap(const std::string& text, std::size_t width, std::size_t indent);

class HelpFormatter : public CLI::Formatter {
public:
    std::string make_option(const CLI::Option* option, bool is_positional) const override;
    std::string make_subcommand(const CLI::App* command) const override;
};

}  // namespace exitscope
