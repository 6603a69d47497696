// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "show/formats.h"

#include <fmt/core.h>

#include <algorithm>

#include "show/outcome.h"

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

/// JUnit's element for what is not a plain PASS.
std::string junit_outcome(model::Verdict verdict, std::string_view message) {
    if (verdict == model::Verdict::pass)
        return "";
    std::string_view element = "error";
    if (verdict == model::Verdict::skip)
        element = "skipped";
    else if (verdict == model::Verdict::fail)
        element = "failure";
    // Some readers want a type; a skipped one has none.
    const auto type =
        verdict == model::Verdict::skip ? std::string{} : fmt::format(" type=\"{}\"", name_of(verdict));
    return fmt::format("<{}{} message=\"{}: {}\"/>", element, type, name_of(verdict), xml_escaped(message));
}

std::string junit_case(const result::Result& result, std::string_view name, model::Verdict verdict,
                       std::string_view message) {
    return fmt::format("  <testcase classname=\"exitscope.{}\" name=\"{}\" time=\"0\">{}</testcase>\n",
                       xml_escaped(result.setting), xml_escaped(name), junit_outcome(verdict, message));
}

std::string junit_property(std::string_view name, std::string_view value) {
    return value.empty()
               ? std::string{}
               : fmt::format("    <property name=\"{}\" value=\"{}\"/>\n", name, xml_escaped(value));
}

/// What was measured, and by what.
std::string junit_properties(const result::Result& result) {
    auto properties = junit_property("setting", result.setting);
    if (result.host)
        properties += junit_property("kernel", result.host->kernel) +
                      junit_property("qemu", result.host->qemu) +
                      junit_property("emulator", result.host->emulator) +
                      junit_property("exitscope", result.host->revision);
    return "  <properties>\n" + properties + "  </properties>\n";
}

}  // namespace

/// The time is 0: Jenkins and Codecov want one, and a count has none.
std::string result_junit(const result::Result& result) {
    const auto tests = result.workloads.size() + (result.verdict == model::Verdict::pass ? 0 : 1);
    const auto number_of = [&](auto... verdicts) {
        const auto is_one = [=](model::Verdict verdict) { return ((verdict == verdicts) || ...); };
        return std::ranges::count_if(result.workloads, is_one, &report::WorkloadReport::verdict) +
               (result.verdict != model::Verdict::pass && is_one(result.verdict) ? 1 : 0);
    };
    auto text = fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<testsuite name=\"exitscope {}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\" "
        "time=\"0\">\n{}",
        xml_escaped(result.setting), tests, number_of(model::Verdict::fail),
        number_of(model::Verdict::error, model::Verdict::crash), number_of(model::Verdict::skip),
        junit_properties(result));
    if (result.verdict != model::Verdict::pass)
        text += junit_case(result, "the run", result.verdict, message_of(result));
    for (const auto& workload : result.workloads)
        text += junit_case(result, workload.name, workload.verdict, workload.message);
    return text + "</testsuite>\n";
}

}  // namespace exitscope::command::show
