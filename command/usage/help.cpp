// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "usage/help.h"

#include <fmt/core.h>

#include <algorithm>
#include <cctype>

#include "text/wrap.h"

namespace exitscope::command::usage {

namespace {

constexpr std::size_t columns = 100;
constexpr std::size_t indent = 24;

std::string entry(const std::string& name, const std::string& description) {
    const auto wrapped = text::wrap(description, columns - indent, indent);
    const bool fits = name.size() + 4 <= indent;
    return fits ? fmt::format("  {:<{}}{}\n", name, indent - 2, wrapped)
                : fmt::format("  {}\n{:{}}{}\n", name, "", indent, wrapped);
}

/// `--huge-pages` takes a HUGE-PAGES, unless it is a flag.
std::string value_name(const CLI::Option& option) {
    if (option.get_type_name().empty() || option.get_lnames().empty())
        return {};
    auto name = option.get_lnames().front();
    std::ranges::transform(name, name.begin(),
                           [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return " " + name;
}

}  // namespace

std::string HelpFormatter::make_option(const CLI::Option* option, bool is_positional) const {
    auto name = make_option_name(option, is_positional) + value_name(*option);
    if (is_positional && option->get_expected_max() > 1)
        name += "...";
    return entry(name, option->get_description());
}

std::string HelpFormatter::make_subcommand(const CLI::App* command) const {
    return entry(command->get_name(), command->get_description());
}

}  // namespace exitscope::command::usage
