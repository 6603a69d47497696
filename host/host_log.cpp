// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "host_log.h"

#include "printable.h"
#include "report_lines.h"

namespace exitscope {

namespace {

bool is_complaint(std::string_view line) {
    const auto holds = [line](std::string_view text) { return line.find(text) != std::string_view::npos; };
    return holds("Kernel panic") || holds("Oops:") || holds("BUG: ") || holds("kernel BUG at") ||
           (holds("WARNING: CPU") && holds("kvm"));
}

}  // namespace

std::vector<std::string> kernel_complaints(std::string_view log) {
    constexpr std::size_t most = 3;
    std::vector<std::string> complaints;
    while (const auto line = take_line(log)) {
        if (complaints.size() < most && is_complaint(line->text))
            complaints.push_back(printable(line->text));
    }
    return complaints;
}

}  // namespace exitscope
