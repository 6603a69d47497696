// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The report out of a serial log of any size.

#include <filesystem>
#include <string>

#include "report/report.h"

namespace exitscope::command::report {

struct ReportText {
    /// From the KTAP line on, byte for byte; empty without one.
    std::string text{};
    /// It is longer than `longest_report` bytes; the rest was not read.
    bool too_long = false;
};

/// Thirty times what the whole catalogue prints.
inline constexpr std::size_t longest_report = std::size_t{4} << 20;

/// Takes memory for the report only, however much stands before it. Throws InputError.
[[nodiscard]] ReportText read_report_text(const std::filesystem::path& file);

/// Parses it; that it is too long is damage.
[[nodiscard]] Report parse_report(const ReportText& text);

}  // namespace exitscope::command::report
