// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/core.h>

#include <algorithm>
#include <bit>

#include "page/escape.h"
#include "page/page.h"
#include "print/table.h"

namespace exitscope::command::page {

namespace {

std::string cell_text(const print::Cell& cell) {
    std::string text;
    for (const auto& line : cell) {
        text += text.empty() ? "" : "<br>";
        if (!line.count)
            text += fmt::format("<b class=\"{}\">{}</b>", name_of(line.verdict), escaped(line.text));
        else
            text += fmt::format("<span class=\"count\">{}</span>{}{}", *line.count,
                                line.text.empty() ? "" : " ", escaped(line.text));
    }
    return text;
}

std::string cells(const print::Row& row) {
    std::string text;
    for (const auto& cell : row.cells)
        text += fmt::format("<td>{}</td>", cell_text(cell));
    return text;
}

/// A wide table scrolls within a box, by keyboard too, so that the page itself does not scroll sideways.
std::string scrolling(std::string_view label, const std::string& table) {
    return fmt::format("<div class=\"scroll\" role=\"region\" aria-label=\"{}\" tabindex=\"0\">\n{}</div>\n",
                       escaped(label), table);
}

/// 1 to 6, a step for each three doublings; the number itself stands in the cell.
int heat(std::uint64_t count) {
    return std::min(6, 1 + (static_cast<int>(std::bit_width(count)) - 1) / 3);
}

std::vector<model::ReasonNumber> reasons_in(const result::Result& result) {
    evidence::Counts all;
    for (const auto& workload : result.workloads) {
        for (const auto& [reason, count] : workload.exits)
            all[reason] += count;
    }
    std::vector<model::ReasonNumber> reasons;
    for (const auto& [reason, count] : all)
        reasons.push_back(reason);
    return reasons;
}

std::string heat_map(const Column& column) {
    const auto& result = column.result;
    const auto reasons = reasons_in(result);
    auto text = fmt::format(
        "<table class=\"heat\">\n<caption>{}: exits of each workload, by reason</caption>\n"
        "<thead><tr><th scope=\"col\">workload</th>",
        escaped(column.title));
    for (const auto& reason : reasons)
        text += fmt::format("<th scope=\"col\"><span>{}</span></th>",
                            escaped(evidence::display_name(result.isa(), reason)));
    text += "</tr></thead>\n<tbody>\n";
    for (const auto& workload : result.workloads) {
        if (workload.exits.empty())
            continue;
        text += fmt::format("<tr><th scope=\"row\">{}</th>", escaped(workload.name));
        for (const auto& reason : reasons) {
            const auto found = workload.exits.find(reason);
            text += found == workload.exits.end()
                        ? "<td></td>"
                        : fmt::format("<td class=\"h{}\">{}</td>", heat(found->second), found->second);
        }
        text += "</tr>\n";
    }
    return scrolling("Heat map of " + column.title, text + "</tbody>\n</table>\n");
}

}  // namespace

std::string table_section(std::span<const Column> columns, std::span<const result::Result> results) {
    const auto table = print::make_table(results);
    auto text = fmt::format("<table>\n<caption>{}</caption>\n<thead><tr><th scope=\"col\">workload</th>",
                            escaped(table.heading));
    for (const auto& column : columns)
        text += fmt::format("<th scope=\"col\">{}</th>", escaped(column.title));
    text += "</tr></thead>\n<tbody>\n";
    std::string group;
    for (const auto& row : table.rows) {
        if (row.group != group) {
            group = row.group;
            text += fmt::format("<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"{}\">{}</th></tr>\n",
                                columns.size() + 1, escaped(group));
        }
        text += fmt::format("<tr><th scope=\"row\">{}</th>{}</tr>\n", escaped(row.name), cells(row));
    }
    text += fmt::format("</tbody>\n<tfoot><tr><th scope=\"row\">verdict</th>{}</tr></tfoot>\n</table>\n",
                        cells(table.verdicts));
    std::string notes;
    for (const auto& note : table.notes)
        notes += fmt::format("<p>{}</p>\n", escaped(note));
    if (!table.noise.empty())
        notes += fmt::format("<p>{}</p>\n", escaped(table.noise));
    return fmt::format(
        "<section id=\"table\" aria-labelledby=\"table-title\">\n"
        "<h2 id=\"table-title\">Two-dimensional paging against shadow paging</h2>\n{}{}</section>\n",
        scrolling("Exits of each workload", text), notes);
}

std::string heat_map_section(std::span<const Column> columns) {
    std::string maps;
    for (const auto& column : columns)
        maps += fmt::format("<h3>{}</h3>\n{}", escaped(column.title), heat_map(column));
    return fmt::format(
        "<section id=\"heat\" aria-labelledby=\"heat-title\">\n<h2 id=\"heat-title\">Heat maps</h2>\n"
        "<p>The stronger the colour, the more: a step for each eightfold count. A workload without exits has "
        "no row.</p>\n"
        "{}</section>\n",
        maps);
}

}  // namespace exitscope::command::page
