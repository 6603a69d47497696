// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/core.h>

#include <map>

#include "page/escape.h"
#include "page/page.h"

namespace exitscope::command::page {

namespace {

std::string card(const Column& column) {
    const auto& result = column.result;
    std::map<model::Verdict, int> numbers;
    std::uint64_t exits = 0;
    for (const auto& workload : result.workloads) {
        ++numbers[workload.verdict];
        exits += workload.total;
    }
    std::string counts;
    for (const auto& [verdict, number] : numbers)
        counts += fmt::format("{}{} {}", counts.empty() ? "" : ", ", number, name_of(verdict));
    std::string problems;
    for (const auto& problem : result.problems)
        problems +=
            fmt::format("<li><b>{}</b> {}</li>\n", name_of(problem.verdict), escaped(problem.message));
    if (!problems.empty())
        problems = fmt::format(
            "<details><summary>{} not measured or not as expected</summary>\n<ul>\n{}</ul></details>\n",
            result.problems.size(), problems);
    return fmt::format(
        "<article class=\"card {0}\">\n<h3>{1}</h3>\n<p class=\"verdict\">{0}</p>\n"
        "<p>{2} paging<br>{3} workloads: {4}<br>{5} exits counted</p>\n{6}</article>\n",
        name_of(result.verdict), escaped(column.title), escaped(result.paging_by_counts),
        result.workloads.size(), counts.empty() ? "none" : counts, exits, problems);
}

}  // namespace

std::string summary_section(std::span<const Column> columns) {
    std::string cards;
    for (const auto& column : columns)
        cards += card(column);
    return fmt::format(
        "<section id=\"summary\" aria-labelledby=\"summary-title\">\n<h2 id=\"summary-title\">Summary</h2>\n"
        "<div class=\"cards\">\n{}</div>\n</section>\n",
        cards);
}

}  // namespace exitscope::command::page
