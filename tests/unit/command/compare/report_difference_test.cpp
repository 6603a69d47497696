// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "compare/report_difference.h"

#include <gtest/gtest.h>

#include "golden.h"
#include "report/report_lines.h"

namespace exitscope::command::compare {
namespace {

TEST(ReportDifferenceTest, VaryingRecordsDoNotCount) {
    const auto log = golden_log("ept=1");
    const auto other = changed(log, " noise.7=7", " noise.7=8");
    EXPECT_EQ(first_difference(log, log), std::nullopt);
    EXPECT_NE(log, other);
    EXPECT_EQ(first_difference(log, other), std::nullopt);
    EXPECT_EQ(first_difference("", ""), std::nullopt);
}

TEST(ReportDifferenceTest, FirstDifferenceIsShownWithItsLines) {
    const auto difference = first_difference("a\n# vary 1\nb\nc\n", "a\n# vary 1\n# vary 2\nd\ne\n");
    EXPECT_EQ(difference, (Difference{3, 4, "b", "d"}));
}

TEST(ReportDifferenceTest, ShorterReportIsDifferent) {
    EXPECT_EQ(first_difference("a\nb\n", "a\n"), (Difference{2, 2, "b", std::nullopt}));
    EXPECT_EQ(first_difference("a\n", "a"), (Difference{1, 1, "a", "a (cut here)"}));
}

TEST(ReportDifferenceTest, LineEndsDoNotCount) {
    EXPECT_EQ(first_difference("a\r\nb\r\n", "a\nb\n"), std::nullopt);
}

}  // namespace
}  // namespace exitscope::command::compare
