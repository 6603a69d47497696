// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// From a serial log to the model of its report.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "report/record.h"
#include "report/report.h"

namespace exitscope::command::report {

/// Reads the report in a serial log, whatever bytes that holds.
///
/// Never throws for what it reads: every departure from docs/report.md is named in `damage`.
[[nodiscard]] Report parse_report(std::string_view log);

/// Takes the lines of a report, from its KTAP line on, one after the other.
class ReportParser {
public:
    void take(std::string_view line);

    /// Hands over the model, after the last line.
    [[nodiscard]] Report finish();

    /// Notes what is wrong with the line that was taken last.
    void note(std::string_view problem);

private:
    void take_result(std::string_view line);
    void take_record(std::string_view line);
    void take_in_order(const Record& record);
    void take_workload(const Record& record);
    void take_window(const Record& record);
    void expect_position(const Record& record);
    void expect_nothing_open();

    Report report_;
    std::string plan_;
    std::uint64_t line_number_ = 0;
    std::uint64_t next_position_ = 1;
    std::size_t results_ = 0;
    /// Why nothing else of the report can be read; empty where it can.
    std::string other_version_;
    /// The result line whose record has not come yet.
    std::optional<std::string> open_result_;
    /// Whether the last record was a workload's, so that its window may follow.
    bool window_may_follow_ = false;
    /// Whether something was lost just now, so that one gap is not told several times.
    bool lost_ = false;
};

}  // namespace exitscope::command::report
