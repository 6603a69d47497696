// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "arch/wait.h"

#include <gtest/gtest.h>

namespace exitscope::arch {
namespace {

TEST(WaitTest, LooksUntilItHoldsAndNoLonger) {
    int looks = 0;
    EXPECT_TRUE(holds_within(10, [&] { return ++looks == 3; }));
    EXPECT_EQ(looks, 3);
}

TEST(WaitTest, EndsWhereItNeverHolds) {
    int looks = 0;
    EXPECT_FALSE(holds_within(10, [&] { return ++looks == 0; }));
    EXPECT_EQ(looks, 11);
}

TEST(WaitTest, WhatHoldsNeedsNoPatience) {
    EXPECT_TRUE(holds_within(0, [] { return true; }));
    EXPECT_FALSE(holds_within(0, [] { return false; }));
}

TEST(WaitTest, AMissedEventIsKnownUntilItIsForgotten) {
    EXPECT_EQ(missed_event(), "");
    set_missed_event("the interrupt did not come");
    EXPECT_EQ(missed_event(), "the interrupt did not come");
    forget_missed_event();
    EXPECT_EQ(missed_event(), "");
}

}  // namespace
}  // namespace exitscope::arch
