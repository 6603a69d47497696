// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "print/first_counts.h"

#include <fmt/format.h>

#include <algorithm>

#include "print/table.h"

namespace exitscope::command::print {

namespace {

constexpr std::size_t most_workloads = 3;

std::string text_of(const Cell& cell) {
    std::string text;
    for (const auto& line : cell) {
        text += text.empty() ? "" : " + ";
        text += line.count ? fmt::format("{}", *line.count) : "";
        text += line.count && !line.text.empty() ? " " : "";
        text += line.text;
    }
    return text;
}

}  // namespace

std::string first_counts(const result::Result& result) {
    const auto table = make_table({&result, 1});
    const auto shown = std::min(table.rows.size(), most_workloads);
    std::string text;
    for (const auto& row : std::span{table.rows}.first(shown))
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", row.name, text_of(row.cells.front()));
    if (table.rows.size() > shown)
        text += fmt::format(" and {} more", table.rows.size() - shown);
    return text;
}

}  // namespace exitscope::command::print
