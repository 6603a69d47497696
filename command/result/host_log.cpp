// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "result/host_log.h"

#include "report/report_lines.h"
#include "text/line_reader.h"
#include "text/printable.h"

namespace exitscope::command::result {

namespace {

bool is_complaint(std::string_view line) {
    const auto holds = [line](std::string_view text) { return line.find(text) != std::string_view::npos; };
    return holds("Kernel panic") || holds("Oops:") || holds("BUG: ") || holds("kernel BUG at") ||
           (holds("WARNING: CPU") && holds("kvm"));
}

void add_complaint(std::string_view line, std::vector<std::string>& complaints) {
    constexpr std::size_t most = 3;
    if (complaints.size() < most && is_complaint(line))
        complaints.push_back(text::printable(line));
}

}  // namespace

std::vector<std::string> kernel_complaints(std::string_view log) {
    std::vector<std::string> complaints;
    while (const auto line = report::take_line(log))
        add_complaint(line->text, complaints);
    return complaints;
}

std::vector<std::string> kernel_complaints_in(const std::filesystem::path& log) {
    std::vector<std::string> complaints;
    text::LineReader reader{log};
    while (auto line = reader.next())
        add_complaint(report::take_line(*line)->text, complaints);
    return complaints;
}

}  // namespace exitscope::command::result
