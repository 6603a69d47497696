// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The report within a serial log, line by line.

#include <optional>
#include <string_view>

namespace exitscope::command::report {

/// The log from the line `KTAP version 1` on, byte for byte; empty where there is no such line.
///
/// Firmware may leave the cursor in the middle of a line, so text before KTAP on that line is dropped too.
[[nodiscard]] std::string_view find_report(std::string_view log);

/// A line without its end, which is a line feed with any carriage returns before it.
struct Line {
    std::string_view text;
    /// False for the last line of a log that was cut.
    bool complete = false;
};

/// Cuts the first line off; nothing at the end.
[[nodiscard]] std::optional<Line> take_line(std::string_view& text);

}  // namespace exitscope::command::report
