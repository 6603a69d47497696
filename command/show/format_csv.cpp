// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "show/formats.h"

#include <fmt/core.h>

namespace exitscope::command::show {

namespace {

/// Source: RFC 4180, section 2.
std::string csv_field(std::string_view text) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos)
        return std::string{text};
    std::string quoted{'"'};
    for (const char character : text)
        quoted.append(character == '"' ? 2 : 1, character);
    return quoted + '"';
}

}  // namespace

std::string result_csv(const result::Result& result) {
    std::string text = "setting,workload,verdict,iterations,reason,exits,expected\n";
    for (const auto& workload : result.workloads) {
        const auto head = fmt::format("{},{},{},{},", csv_field(result.setting), csv_field(workload.name),
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

}  // namespace exitscope::command::show
