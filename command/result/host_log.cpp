// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "result/host_log.h"

#include "report/report_lines.h"
#include "text/line_reader.h"
#include "text/printable.h"

namespace exitscope::command::result {

namespace {

constexpr std::size_t most_complaints = 3;

bool is_complaint(std::string_view line) {
    const auto holds = [line](std::string_view text) { return line.find(text) != std::string_view::npos; };
    return holds("Kernel panic") || holds("Oops:") || holds("BUG: ") || holds("kernel BUG at") ||
           (holds("WARNING: CPU") && holds("kvm"));
}

}  // namespace

std::vector<std::string> kernel_complaints(const std::filesystem::path& log) {
    std::vector<std::string> complaints;
    text::LineReader reader{log};
    while (auto next = reader.next()) {
        const auto line = report::take_line(*next)->text;
        if (complaints.size() < most_complaints && is_complaint(line))
            complaints.push_back(text::printable(line));
    }
    return complaints;
}

}  // namespace exitscope::command::result
