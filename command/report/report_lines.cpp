// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "report/report_lines.h"

namespace exitscope::command::report {

namespace {

constexpr std::string_view ktap_line = "KTAP version 1";

}  // namespace

std::string_view find_report(std::string_view log) {
    auto rest = log;
    while (const auto line = take_line(rest)) {
        if (line->complete && line->text.ends_with(ktap_line)) {
            const auto* const start = line->text.data() + line->text.size() - ktap_line.size();
            return log.substr(static_cast<std::size_t>(start - log.data()));
        }
    }
    return {};
}

std::optional<Line> take_line(std::string_view& text) {
    if (text.empty())
        return std::nullopt;
    const auto end = text.find('\n');
    Line line{text.substr(0, end), end != std::string_view::npos};
    text.remove_prefix(line.complete ? end + 1 : text.size());
    while (line.text.ends_with('\r'))
        line.text.remove_suffix(1);
    return line;
}

}  // namespace exitscope::command::report
