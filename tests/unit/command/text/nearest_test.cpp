// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "text/nearest.h"

#include <gtest/gtest.h>

#include <vector>

namespace exitscope::command::text {
namespace {

TEST(NearestTest, NamesAreAsFarApartAsTheirLetters) {
    EXPECT_EQ(distance("", ""), 0U);
    EXPECT_EQ(distance("", "hlt"), 3U);
    EXPECT_EQ(distance("hlt", ""), 3U);
    EXPECT_EQ(distance("hlt", "halt"), 1U);
    EXPECT_EQ(distance("wrmsr", "rdmsr"), 2U);
    EXPECT_EQ(distance("same", "same"), 0U);
}

TEST(NearestTest, TheFirstOfThoseThatAreAsNear) {
    const std::vector<std::string> names{"run", "ruin", "run"};
    EXPECT_EQ(nearest("rn", names), "run");
    EXPECT_EQ(nearest("ruiin", names), "ruin");
    EXPECT_EQ(nearest("", names), "run");
    EXPECT_EQ(nearest("run", {}), "");
}

}  // namespace
}  // namespace exitscope::command::text
