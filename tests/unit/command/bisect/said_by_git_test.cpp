// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
//
// What git bisect prints, as git 2.39 words it.

#include "bisect/said_by_git.h"

#include <gtest/gtest.h>

namespace exitscope::command::bisect {
namespace {

const std::string one(40, 'a');
const std::string other = "0123456789abcdef0123456789abcdef01234567";

TEST(SaidByGit, IsHowManyStepsAreLeft) {
    const auto said = parse_said_by_git(
        "Bisecting: 6 revisions left to test after this (roughly 3 steps)\n[" + one + "] subject\n");
    EXPECT_EQ(said.steps_left, 3);
    EXPECT_TRUE(said.first_bad.empty() && said.candidates.empty());
    EXPECT_EQ(
        parse_said_by_git("Bisecting: 0 revisions left to test after this (roughly 1 step)\n").steps_left, 1);
    EXPECT_EQ(parse_said_by_git("(roughly many steps)").steps_left, std::nullopt);
    EXPECT_EQ(parse_said_by_git("").steps_left, std::nullopt);
}

TEST(SaidByGit, IsTheCommit) {
    EXPECT_EQ(
        parse_said_by_git(other + " is the first bad commit\ncommit " + other + "\nAuthor: A\n").first_bad,
        other);
    EXPECT_EQ(parse_said_by_git("a subject is the first bad commit\n").first_bad, "");
}

TEST(SaidByGit, IsThoseThatWereSkipped) {
    const auto said = parse_said_by_git(
        "There are only 'skip'ped commits left to test.\nThe first bad commit could be any of:\n" + one +
        "\n" + other + "\nWe cannot bisect more!\n");
    EXPECT_EQ(said.candidates, (std::vector<std::string>{one, other}));
    EXPECT_EQ(said.first_bad, "");
    EXPECT_TRUE(parse_said_by_git(one + "\n").candidates.empty());
}

}  // namespace
}  // namespace exitscope::command::bisect
