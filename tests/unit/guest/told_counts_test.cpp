// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "runner/told_counts.h"

#include <gtest/gtest.h>

namespace exitscope::runner {
namespace {

/// The exits of that reason in that window; all ones for text that is none.
std::uint64_t told(std::string_view text, std::uint64_t window, model::ReasonNumber reason,
                   model::InstructionSet isa = model::InstructionSet::svm) {
    model::CountTable exits;
    exits.isa = isa;
    return read_told(text, window, exits) ? exits.of(reason) : ~std::uint64_t{0};
}

TEST(ToldCounts, WindowsStandInTheirOrder) {
    constexpr std::string_view text = "0x72:3,0x400:1;;0x7b:18446;";
    EXPECT_EQ(told_windows(text), 3U);
    EXPECT_EQ(told(text, 0, 0x72), 3U);
    EXPECT_EQ(told(text, 0, 0x400), 1U);
    EXPECT_EQ(told(text, 1, 0x72), 0U);
    EXPECT_EQ(told(text, 2, 0x7b), 18446U);
    EXPECT_EQ(told(text, 3, 0x7b), 0U);
    EXPECT_EQ(told("10:100;48:1", 1, 48, model::InstructionSet::vmx), 1U);
}

TEST(ToldCounts, NothingIsNoWindow) {
    EXPECT_EQ(told_windows(""), 0U);
    EXPECT_EQ(told_windows(";"), 1U);
    EXPECT_EQ(told_windows(";;"), 2U);
    EXPECT_EQ(told("", 0, 0x72), 0U);
}

TEST(ToldCounts, WhatIsNoCountIsRefused) {
    constexpr auto none = ~std::uint64_t{0};
    for (const auto* const text : {"0x72", "0x72:", ":1", "0x:1", "0x72:0x", "0x72:1x", "72g:1", "0x10072:1",
                                   "0x1ff:1", "0x72:9999999999999999", "hello", "0x72:1,", "-1:2"})
        EXPECT_EQ(told(text, 0, 0x72), std::string_view{text} == "0x72:1," ? 1U : none) << text;
    // A reason of the other instruction set's manual only.
    EXPECT_EQ(told("0x400:1", 0, 0x72, model::InstructionSet::vmx), none);
}

TEST(ToldCounts, EachWindowHasToFit) {
    constexpr auto svm = model::InstructionSet::svm;
    EXPECT_TRUE(told_fits("0x72:3;;0x7b:1;", 3, svm));
    EXPECT_TRUE(told_fits("", 0, svm));
    EXPECT_FALSE(told_fits("0x72:3;;0x7b:1;", 2, svm));
    EXPECT_FALSE(told_fits("0x72:3;;0x7b:1;", 4, svm));
    EXPECT_FALSE(told_fits("0x72:3;;0x7b;", 3, svm));
    EXPECT_FALSE(told_fits("0x72:3;0x400:1;", 2, model::InstructionSet::vmx));
}

}  // namespace
}  // namespace exitscope::runner
