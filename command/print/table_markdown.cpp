// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/core.h>

#include "print/table.h"
#include "text/markdown.h"

namespace exitscope::command::print {

namespace {

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
        text += fmt::format(" {} |", text::markdown_code(column));
        rule += "---|";
    }
    text += "\n" + rule + "\n";
    std::string_view group;
    for (const auto& row : table.rows) {
        const bool another = row.group != group && !row.group.empty();
        group = row.group;
        if (another) {
            text += fmt::format("| **{}** |", group);
            for (std::size_t i = 0; i < table.columns.size(); ++i)
                text += " |";
            text += "\n";
        }
        text += markdown(row, text::markdown_code(row.name));
    }
    text += markdown(table.verdicts, "verdict") + "\n";
    for (const auto& problem : table.problems)
        text +=
            fmt::format("- **{}** {}\n", name_of(problem.verdict), text::markdown_escaped(problem.message));
    if (!table.problems.empty())
        text += "\n";
    text += text::markdown_escaped(table.noise) + "\n";
    for (const auto& note : table.notes)
        text += "\n" + text::markdown_escaped(note) + "\n";
    return text;
}

}  // namespace exitscope::command::print
