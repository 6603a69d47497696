// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/format.h>

#include "table.h"

namespace exitscope {

namespace {

/// Text in a Markdown table: bars would end the cell, and names have underscores.
std::string escaped(std::string_view text) {
    std::string result;
    for (const char character : text) {
        if (character == '|' || character == '\\' || character == '*' || character == '<')
            result += '\\';
        result += character;
    }
    return result;
}

std::string markdown(const CellLine& line) {
    if (!line.count)
        return fmt::format("**{}**", line.text);
    return fmt::format("{}{}{}", *line.count, line.text.empty() ? "" : " ", line.text);
}

std::string markdown(const Cell& cell) {
    std::string text;
    for (const auto& line : cell)
        text += (text.empty() ? "" : "<br>") + markdown(line);
    return text.empty() ? "-" : text;
}

std::string markdown(const Row& row, std::string_view name) {
    auto text = fmt::format("| {} |", name);
    for (const auto& cell : row.cells)
        text += fmt::format(" {} |", markdown(cell));
    return text + "\n";
}

}  // namespace

std::string table_markdown(const Table& table) {
    auto text = table.heading + ":\n\n| workload |";
    std::string rule = "|---|";
    for (const auto& column : table.columns) {
        text += fmt::format(" `{}` |", column);
        rule += "---|";
    }
    text += "\n" + rule + "\n";
    for (const auto& row : table.rows)
        text += markdown(row, fmt::format("`{}`", row.name));
    text += markdown(table.verdicts, "verdict") + "\n";
    for (const auto& problem : table.problems)
        text += fmt::format("- **{}** {}\n", name_of(problem.verdict), escaped(problem.message));
    if (!table.problems.empty())
        text += "\n";
    return text + escaped(table.noise) + "\n";
}

}  // namespace exitscope
