// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "text/number.h"

#include <gtest/gtest.h>

namespace exitscope::command::text {
namespace {

TEST(NumberTest, LargestFitsAndOneMoreDoesNot) {
    EXPECT_EQ(parse_decimal("18446744073709551615"), UINT64_MAX);
    EXPECT_EQ(parse_decimal("18446744073709551616"), std::nullopt);
    EXPECT_EQ(parse_decimal("99999999999999999999999"), std::nullopt);
}

TEST(NumberTest, ZeroIsOneDigit) {
    EXPECT_EQ(parse_decimal("0"), 0U);
    EXPECT_EQ(parse_decimal("00"), std::nullopt);
    EXPECT_EQ(parse_decimal("01"), std::nullopt);
}

TEST(NumberTest, AnythingElseIsNoNumber) {
    for (const auto* text : {"", " 1", "1 ", "+1", "-1", "0x1", "1e3", "1.", "a"})
        EXPECT_EQ(parse_decimal(text), std::nullopt) << text;
}

TEST(NumberTest, SumNeverWraps) {
    EXPECT_EQ(add(UINT64_MAX, 0), UINT64_MAX);
    EXPECT_EQ(add(UINT64_MAX, 1), std::nullopt);
    EXPECT_EQ(add(UINT64_MAX, UINT64_MAX), std::nullopt);
}

}  // namespace
}  // namespace exitscope::command::text
