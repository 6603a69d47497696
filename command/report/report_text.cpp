// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "report/report_text.h"

#include <fmt/core.h>

#include "report/report_lines.h"
#include "report/report_parser.h"
#include "text/line_reader.h"

namespace exitscope::command::report {

ReportText read_report_text(const std::filesystem::path& file) {
    text::LineReader reader{file};
    ReportText report;
    while (const auto line = reader.next()) {
        if (report.text.empty()) {
            report.text = find_report(*line);
            continue;
        }
        if (report.text.size() + line->size() > longest_report) {
            report.too_long = true;
            break;
        }
        report.text += *line;
    }
    return report;
}

Report parse_report(const ReportText& text) {
    auto report = parse_report(std::string_view{text.text});
    if (text.too_long)
        report.damage.push_back(
            fmt::format("the report is longer than {} MiB, and what follows was not read: something "
                        "else writes to the serial port",
                        longest_report >> 20));
    return report;
}

}  // namespace exitscope::command::report
