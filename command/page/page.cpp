// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "page/page.h"

#include <fmt/core.h>

#include <algorithm>

#include "page/escape.h"
#include "page/style.h"
#include "text/file.h"

namespace exitscope::command::page {

namespace {

std::string kernel_of(const result::Result& result) {
    return result.host ? result.host->kernel : std::string{};
}

bool are_of_one_kernel(std::span<const result::Result> results) {
    return std::ranges::all_of(
        results, [&](const result::Result& each) { return kernel_of(each) == kernel_of(results.front()); });
}

}  // namespace

std::vector<Column> columns_of(std::span<const result::Result> results) {
    const bool one_kernel = are_of_one_kernel(results);
    std::vector<Column> columns;
    for (const auto& result : results) {
        auto title = result.setting;
        if (!one_kernel)
            title += " on " + (result.host ? kernel_of(result) : "an unknown kernel");
        if (std::ranges::find(columns, title, &Column::title) != columns.end())
            throw text::InputError(
                fmt::format("there are two results of {}; give one of them, or set them side by side "
                            "with `exitscope compare`",
                            title));
        columns.push_back({result, std::move(title)});
    }
    return columns;
}

std::string html(std::span<const result::Result> results) {
    const auto columns = columns_of(results);
    std::string titles;
    for (const auto& column : columns)
        titles += (titles.empty() ? "" : ", ") + column.title;
    return fmt::format(
               "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
               "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
               "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
               "'unsafe-inline'\">\n"
               "<meta name=\"color-scheme\" content=\"light dark\">\n"
               "<title>VM exits: {}</title>\n<style>\n{}</style>\n</head>\n<body>\n"
               "<a class=\"skip\" href=\"#table\">Skip to the table</a>\n"
               "<header>\n<h1>VM exits</h1>\n<p>What each guest operation costs, counted exactly: {}.</p>\n"
               "<nav aria-label=\"Sections\"><a href=\"#summary\">Summary</a> <a href=\"#table\">Table</a> "
               "<a href=\"#charts\">Charts</a> <a href=\"#heat\">Heat maps</a> "
               "<a href=\"#provenance\">Provenance</a></nav>\n</header>\n<main>\n",
               escaped(titles), style, escaped(titles)) +
           summary_section(columns) + table_section(columns, results) + chart_section(columns) +
           heat_map_section(columns) + provenance_section(columns) + "</main>\n</body>\n</html>\n";
}

}  // namespace exitscope::command::page
