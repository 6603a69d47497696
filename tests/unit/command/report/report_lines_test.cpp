// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "report/report_lines.h"

#include <gtest/gtest.h>

namespace exitscope::command::report {
namespace {

TEST(ReportLinesTest, ReportBeginsAtTheKtapLineByteForByte) {
    EXPECT_EQ(find_report("BIOS\r\nKTAP version 1\r\n1..0\r\n"), "KTAP version 1\r\n1..0\r\n");
}

TEST(ReportLinesTest, FirmwareMayLeaveTheCursorInTheLine) {
    EXPECT_EQ(find_report("\x1b[2JBooting...KTAP version 1\nx"), "KTAP version 1\nx");
}

TEST(ReportLinesTest, OtherVersionsAndHalfLinesAreNoReport) {
    for (const auto* log :
         {"", "\n", "KTAP version 2\n", "KTAP version 12\n", "KTAP version 1", "TAP version 1\n"})
        EXPECT_EQ(find_report(log), "") << log;
}

TEST(ReportLinesTest, LinesLoseTheirEnds) {
    std::string_view text = "a\r\r\n\nb\r";
    auto line = take_line(text);
    EXPECT_EQ(line->text, "a");
    EXPECT_TRUE(line->complete);
    line = take_line(text);
    EXPECT_EQ(line->text, "");
    line = take_line(text);
    EXPECT_EQ(line->text, "b");
    EXPECT_FALSE(line->complete);
    EXPECT_FALSE(take_line(text).has_value());
}

}  // namespace
}  // namespace exitscope::command::report
