// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/core.h>

#include <algorithm>

#include "page/escape.h"
#include "page/page.h"

namespace exitscope::command::page {

namespace {

constexpr unsigned colours = 10;  // style.css has so many

/// The same for a reason's name wherever it occurs, so that EPT and shadow paging can be compared by eye.
unsigned colour_of(std::string_view name) {
    unsigned sum = 0;
    for (const char c : name)
        sum = sum * 31 + static_cast<unsigned char>(c);
    return sum % colours;
}

double each(std::uint64_t count, std::uint64_t iterations) {
    return iterations == 0 ? 0 : static_cast<double>(count) / static_cast<double>(iterations);
}

/// `1`, `0.05`, `2.5`: at most three places.
std::string number(double value) {
    auto text = fmt::format("{:.3f}", value);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.'))
        text.pop_back();
    return text;
}

std::string bar(const Column& column, const report::WorkloadReport& workload, double longest) {
    std::string segments;
    std::string words;
    for (const auto& [reason, count] : workload.exits) {
        const auto name = std::string{evidence::display_name(column.result.isa(), reason)};
        const auto of_each = each(count, workload.iterations);
        segments += fmt::format("<i class=\"c{}\" style=\"width:{:.2f}%\"></i>", colour_of(name),
                                longest > 0 ? 100 * of_each / longest : 0);
        words += fmt::format("{}{} <span class=\"k c{}\"></span>{}", words.empty() ? "" : ", ",
                             number(of_each), colour_of(name), escaped(name));
    }
    if (!workload.window)
        words = fmt::format("<b>{}</b> {}", name_of(workload.verdict), escaped(workload.message));
    else if (words.empty())
        words.push_back('0');
    return fmt::format(
        "<tr><th scope=\"row\">{}</th><td><div class=\"bar\" aria-hidden=\"true\">{}</div></td>"
        "<td>{}</td></tr>\n",
        escaped(column.title), segments, words);
}

/// Empty where nothing has exits.
std::string chart(std::span<const Column> columns, const std::string& name) {
    double longest = 0;
    for (const auto& column : columns) {
        if (const auto* const workload = result::find_workload(column.result, name))
            longest = std::max(longest, each(workload->total, workload->iterations));
    }
    if (longest == 0)
        return {};
    std::string bars;
    for (const auto& column : columns) {
        if (const auto* const workload = result::find_workload(column.result, name))
            bars += bar(column, *workload, longest);
    }
    return fmt::format("<table class=\"chart\">\n<caption>{}</caption>\n{}</table>\n", escaped(name), bars);
}

}  // namespace

std::string chart_section(std::span<const Column> columns) {
    std::vector<std::string> names;
    for (const auto& column : columns) {
        for (const auto& workload : column.result.workloads) {
            if (std::ranges::find(names, workload.name) == names.end())
                names.push_back(workload.name);
        }
    }
    std::string charts;
    std::string without;
    for (const auto& name : names) {
        const auto one = chart(columns, name);
        charts += one;
        if (one.empty())
            without += fmt::format("{}{}", without.empty() ? "" : ", ", escaped(name));
    }
    return fmt::format(
        "<section id=\"charts\" aria-labelledby=\"charts-title\">\n"
        "<h2 id=\"charts-title\">Exits of one operation</h2>\n"
        "<p>A bar is as long as its exits are many, against the longest of the same workload.</p>\n"
        "<div class=\"charts\">\n{}</div>\n<p>Without exits, or not measured: {}.</p>\n</section>\n",
        charts, without.empty() ? "none" : without);
}

}  // namespace exitscope::command::page
