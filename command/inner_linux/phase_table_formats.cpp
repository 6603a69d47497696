// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "inner_linux/phase_table.h"
#include "model/exit_cause.h"
#include "text/markdown.h"
#include "text/wrap.h"

namespace exitscope::command::inner_linux {

namespace {

constexpr std::size_t text_width = 100;

std::string name_of_row(const PhaseTable& table, const PhaseRow& row) {
    if (!row.reason)
        return "all";
    return fmt::format("{}{}", evidence::display_name(table.isa, *row.reason), row.noise ? " (noise)" : "");
}

/// Empty with a single setting.
std::string_view mark_of(const PhaseRow& row) {
    if (row.counts.size() < 2)
        return "";
    if (row.counts[0] == row.counts[1])
        return "=";
    return row.counts[0] < row.counts[1] ? "<" : ">";
}

/// The sentences that belong to the table, each with the names of its reasons, in the table's order.
std::vector<std::pair<std::string, std::string>> explanations(const PhaseTable& table) {
    std::vector<std::pair<std::string, std::string>> lines;
    std::map<std::string, std::size_t> place;
    for (const auto& row : table.rows) {
        const auto why = row.reason ? std::string{model::cause_of(table.isa, *row.reason)} : std::string{};
        if (why.empty())
            continue;
        const auto name = evidence::display_name(table.isa, *row.reason);
        const auto [found, is_new] = place.try_emplace(why, lines.size());
        if (is_new) {
            lines.emplace_back(name, why);
            continue;
        }
        auto& names = lines[found->second].first;
        if (fmt::format(", {},", names).find(fmt::format(", {},", name)) == std::string::npos)
            names += fmt::format(", {}", name);
    }
    return lines;
}

}  // namespace

std::string phase_table_text(const PhaseTable& table) {
    std::size_t phase_width = 5;
    std::size_t name_width = 6;
    std::vector<std::size_t> widths;
    for (const auto& setting : table.settings)
        widths.push_back(setting.size());
    for (const auto& row : table.rows) {
        phase_width = std::max(phase_width, row.phase.size());
        name_width = std::max(name_width, name_of_row(table, row).size());
        for (std::size_t i = 0; i < widths.size(); ++i)
            widths[i] = std::max(widths[i], fmt::format("{}", row.counts[i]).size());
    }
    auto text = fmt::format("{:<{}}  {:<{}}", "phase", phase_width, "reason", name_width);
    for (std::size_t i = 0; i < widths.size(); ++i)
        text += fmt::format("{}{:>{}}", i == 0 ? "  " : "     ", table.settings[i], widths[i]);
    text += "\n";
    for (const auto& row : table.rows) {
        text += fmt::format("{:<{}}  {:<{}}  {:>{}}", row.reason ? "" : row.phase, phase_width,
                            name_of_row(table, row), name_width, row.counts[0], widths[0]);
        if (row.counts.size() > 1)
            text += fmt::format("  {}  {:>{}}", mark_of(row), row.counts[1], widths[1]);
        text += "\n";
    }
    text += "\n";
    for (const auto& [names, why] : explanations(table))
        text += fmt::format("{}\n", text::wrap(fmt::format("{}: {}", names, why), text_width, 2));
    return text;
}

std::string phase_table_markdown(const PhaseTable& table) {
    auto text = fmt::format("| phase | reason | {} |", table.settings[0]);
    if (table.settings.size() > 1)
        text += fmt::format(" | {} |", table.settings[1]);
    text += fmt::format("\n|---|---|--:|{}\n", table.settings.size() > 1 ? ":-:|--:|" : "");
    for (const auto& row : table.rows) {
        text += fmt::format("| {} | {} | {} |", row.reason ? "" : text::markdown_escaped(row.phase),
                            name_of_row(table, row), row.counts[0]);
        if (row.counts.size() > 1)
            text += fmt::format(" {} | {} |", mark_of(row) == "<" ? "&lt;" : mark_of(row), row.counts[1]);
        text += "\n";
    }
    text += "\n";
    for (const auto& [names, why] : explanations(table))
        text += fmt::format("- **{}**: {}\n", names, why);
    return text;
}

}  // namespace exitscope::command::inner_linux
