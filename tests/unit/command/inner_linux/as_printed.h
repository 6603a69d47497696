// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// A console as the inner Linux prints it: exitstat's lines with their numbers and check sums, and their names
// in the last line.

#include <fmt/format.h>

#include <sstream>
#include <string>

#include "report/record.h"

namespace exitscope::command::inner_linux {

/// A line of exitstat's that has no check sum yet.
inline std::string sealed(std::string line) {
    line.pop_back();
    const auto begin = line.find('{');
    return fmt::format("{},\"crc\":\"{:08x}\"}}", line, report::crc32_of(line.substr(begin)));
}

/// Numbers and seals each line that begins with `{"exitstat":2,`, whatever stands before it.
inline std::string as_printed(const std::string& console) {
    constexpr std::string_view start = R"({"exitstat":2,)";
    constexpr std::string_view done = "exitscope: the work is done";
    constexpr std::string_view name = R"("name":")";
    std::istringstream lines{console};
    std::string printed;
    std::string names;
    int number = 0;
    for (std::string line; std::getline(lines, line);) {
        const bool returns = line.ends_with('\r');
        if (returns)
            line.pop_back();
        if (const auto begin = line.find(start); begin != std::string::npos) {
            const auto name_begin = line.find(name) + name.size();
            names += " " + line.substr(name_begin, line.find('"', name_begin) - name_begin);
            line.insert(begin + start.size(), fmt::format("\"number\":{},", ++number));
            line = sealed(line);
        }
        printed +=
            line + (line == done ? ":" + names : "") + (returns ? "\r" : "") + (lines.eof() ? "" : "\n");
    }
    return printed;
}

}  // namespace exitscope::command::inner_linux
