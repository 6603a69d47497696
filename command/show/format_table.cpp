// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "show/formats.h"

#include <fmt/format.h>

#include <algorithm>

#include "print/table.h"
#include "show/summary.h"
#include "text/markdown.h"

namespace exitscope::command::show {

namespace {

std::string xml_escaped(std::string_view text) {
    std::string escaped;
    for (const char character : text) {
        switch (character) {
            case '&':
                escaped += "&amp;";
                break;
            case '<':
                escaped += "&lt;";
                break;
            case '>':
                escaped += "&gt;";
                break;
            case '"':
                escaped += "&quot;";
                break;
            default:
                // XML 1.0 has no other control characters at all.
                escaped += character >= ' ' || character == '\n' ? character : '?';
        }
    }
    return escaped;
}

/// A cell of the summary: `31.4%`, or `-` where there is nothing to divide.
std::string percent_text(const std::optional<double>& percent) {
    return percent ? fmt::format("{:.2f}%", *percent) : "-";
}

std::string message_of(const result::Result& result) {
    return result.problems.empty() ? std::string{name_of(result.verdict)} : result.problems.front().message;
}

std::string time_note(const result::Result& result) {
    return result.host && result.host->time_is_emulated()
               ? "Time is emulated here: Time% and ticks mean nothing.\n"
               : "";
}

std::string one_line(std::string text) {
    std::ranges::replace_if(
        text, [](unsigned char character) { return character < ' '; }, ' ');
    return text;
}

/// JUnit's element for what is not a plain PASS.
std::string junit_outcome(model::Verdict verdict, std::string_view message) {
    if (verdict == model::Verdict::pass)
        return "";
    std::string_view element = "error";
    if (verdict == model::Verdict::skip)
        element = "skipped";
    else if (verdict == model::Verdict::fail)
        element = "failure";
    return fmt::format("<{} message=\"{}: {}\"/>", element, name_of(verdict), xml_escaped(message));
}

std::string junit_case(const result::Result& result, std::string_view name, model::Verdict verdict,
                       std::string_view message) {
    return fmt::format("  <testcase classname=\"exitscope.{}\" name=\"{}\">{}</testcase>\n",
                       xml_escaped(result.setting), xml_escaped(name), junit_outcome(verdict, message));
}

}  // namespace

std::string result_text(const result::Result& result) {
    auto text = fmt::format("{:<22} {:>10} {:>9} {:>8} {:>12}\n", "VM-EXIT", "Samples", "Samples%", "Time%",
                            "Avg ticks");
    for (const auto& row : summary_of(result)) {
        text += fmt::format("{:<22} {:>10} {:>9} {:>8} {:>12}\n", row.reason, row.samples,
                            percent_text(row.samples_percent), percent_text(row.time_percent),
                            row.average_ticks ? fmt::format("{}", *row.average_ticks) : std::string{"-"});
    }
    return text + time_note(result) + "\n" + print::table_text(print::make_table({&result, 1}), false);
}

std::string result_markdown(const result::Result& result) {
    std::string text = "| VM-EXIT | Samples | Samples% | Time% | Avg ticks |\n|---|--:|--:|--:|--:|\n";
    for (const auto& row : summary_of(result)) {
        text += fmt::format("| {} | {} | {} | {} | {} |\n", row.reason, row.samples,
                            percent_text(row.samples_percent), percent_text(row.time_percent),
                            row.average_ticks ? fmt::format("{}", *row.average_ticks) : std::string{"-"});
    }
    const auto note = time_note(result);
    return text + "\n" + note + (note.empty() ? "" : "\n") +
           print::table_markdown(print::make_table({&result, 1}));
}

std::string result_csv(const result::Result& result) {
    std::string text = "setting,workload,verdict,iterations,reason,exits,expected\n";
    for (const auto& workload : result.workloads) {
        const auto head = fmt::format("{},{},{},{},", result.setting, workload.name,
                                      name_of(workload.verdict), workload.iterations);
        // A reason stands in both, in one of them, or there is none.
        auto both = workload.exits;
        for (const auto& [reason, count] : workload.expected)
            both.try_emplace(reason, 0);
        if (both.empty())
            text += head + ",,\n";
        for (const auto& [reason, count] : both)
            text += fmt::format("{}{},{},{}\n", head, evidence::display_name(result.isa(), reason), count,
                                evidence::count_of(workload.expected, reason));
    }
    return text;
}

std::string result_junit(const result::Result& result) {
    const auto tests = result.workloads.size() + (result.verdict == model::Verdict::pass ? 0 : 1);
    const auto number_of = [&](auto... verdicts) {
        const auto is_one = [=](model::Verdict verdict) { return ((verdict == verdicts) || ...); };
        return std::ranges::count_if(result.workloads, is_one, &report::WorkloadReport::verdict) +
               (result.verdict != model::Verdict::pass && is_one(result.verdict) ? 1 : 0);
    };
    auto text = fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<testsuite name=\"exitscope {}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\">\n",
        xml_escaped(result.setting), tests, number_of(model::Verdict::fail),
        number_of(model::Verdict::error, model::Verdict::crash), number_of(model::Verdict::skip));
    if (result.verdict != model::Verdict::pass)
        text += junit_case(result, "the run", result.verdict, message_of(result));
    for (const auto& workload : result.workloads)
        text += junit_case(result, workload.name, workload.verdict, workload.message);
    return text + "</testsuite>\n";
}

std::string result_ktap(const result::Result& result) {
    const bool whole = result.verdict == model::Verdict::pass;
    auto text = fmt::format("KTAP version 1\n1..{}\n", result.workloads.size() + (whole ? 0 : 1));
    std::size_t number = 0;
    const auto add = [&](model::Verdict verdict, std::string_view name, const std::string& message) {
        const bool ok = verdict == model::Verdict::pass || verdict == model::Verdict::skip;
        text += fmt::format("{} {} {}", ok ? "ok" : "not ok", ++number, name);
        if (verdict != model::Verdict::pass)
            text += fmt::format(" # {} {}", name_of(verdict), one_line(message));
        text += "\n";
    };
    for (const auto& workload : result.workloads)
        add(workload.verdict, workload.name, workload.message);
    if (!whole)
        add(result.verdict, "the_run", message_of(result));
    return text;
}

std::string result_folded(const result::Result& result) {
    std::string text;
    for (const auto& workload : result.workloads) {
        for (const auto& [reason, count] : workload.exits) {
            if (count != 0)
                text += fmt::format("{};{};{} {}\n", result.setting, workload.name,
                                    evidence::display_name(result.isa(), reason), count);
        }
    }
    return text;
}

}  // namespace exitscope::command::show
