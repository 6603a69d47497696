// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "evidence/marks.h"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include "text/file.h"

namespace exitscope::command::evidence {
namespace {

constexpr std::string_view first = R"({"mark":1,"vcpu":0,"slot":0,"total":7,"exits":{"10":5,"30":2}})";
constexpr std::string_view second =
    R"({"mark":2,"vcpu":0,"slot":1,"total":110,"exits":{"10":6,"30":2,"48":102}})";
constexpr std::string_view at_end = R"({"final":0,"marks":2,"total":120,"exits":{"10":120}})";
constexpr std::string_view end = R"({"end":true,"isa":"vmx","lost_marks":0,"lost_exits":0})";

std::string lines(const std::vector<std::string_view>& all) {
    std::string text;
    for (const auto line : all)
        text += fmt::format("{}\n", line);
    return text;
}

std::string problem_of(const std::vector<std::string_view>& all) {
    try {
        static_cast<void>(read_marks(lines(all), "m"));
        return "none";
    } catch (const text::InputError& problem) {
        return problem.what();
    }
}

TEST(MarksTest, MarksAreReadInTheirOrder) {
    const auto marks = read_marks(lines({first, second, at_end, end}), "m");
    EXPECT_EQ(marks.isa, model::InstructionSet::vmx);
    EXPECT_EQ(marks.marks,
              (std::vector<Mark>{{0, 7, {{10, 5}, {30, 2}}}, {1, 110, {{10, 6}, {30, 2}, {48, 102}}}}));
    EXPECT_EQ(read_marks(lines({end}), "m").marks, std::vector<Mark>{});
}

TEST(MarksTest, AWindowIsTheDifferenceOfTwoMarks) {
    const auto marks = read_marks(lines({first, second, end}), "m");
    const auto window = window_at(marks, 1);
    ASSERT_TRUE(window);
    EXPECT_EQ(window->total, 103U);
    EXPECT_EQ(window->exits, (Counts{{10, 1}, {48, 102}}));
    EXPECT_FALSE(window_at(marks, 0));
    EXPECT_FALSE(window_at(marks, 2));
    EXPECT_FALSE(window_at(marks, ~std::uint64_t{0}));
}

TEST(MarksTest, ACountThatFellOrIsGoneIsNoWindow) {
    for (const auto gone : {true, false}) {
        auto marks = read_marks(lines({first, second, end}), "m");
        if (gone)
            marks.marks[1].exits.erase(30);
        else
            marks.marks[1].exits[30] = 1;
        EXPECT_FALSE(window_at(marks, 1)) << gone;
    }
}

TEST(MarksTest, OnlySlot0AndThenSlot1AreAWindow) {
    auto marks = read_marks(lines({first, second, end}), "m");
    marks.marks[1].slot = 0;
    EXPECT_FALSE(window_at(marks, 1));
    marks.marks[0].slot = marks.marks[1].slot = 1;
    EXPECT_FALSE(window_at(marks, 1));
}

TEST(MarksTest, CountersThatFallAreNoWindow) {
    auto marks = read_marks(lines({first, second, end}), "m");
    marks.marks[0].exits[10] = 7;
    EXPECT_FALSE(window_at(marks, 1));
    marks = read_marks(lines({first, second, end}), "m");
    marks.marks[0].total = 111;
    EXPECT_FALSE(window_at(marks, 1));
}

TEST(MarksTest, AFileThatIsNotWholeGivesNoNumber) {
    EXPECT_EQ(problem_of({}), "m: empty: nothing was counted");
    EXPECT_EQ(problem_of({first, second}),
              "m:2: the last line is not the end: counting stopped before the VM did (was exitscope-trace "
              "killed, or is the disk "
              "full?)");
    EXPECT_EQ(problem_of({first, R"({"end":true,"isa":"vmx","lost_marks":3,"lost_exits":0})"}),
              "m:2: 3 marks were lost, for want of room; give more by --room");
    EXPECT_EQ(problem_of({first, R"({"end":true,"isa":"vmx","lost_marks":0,"lost_exits":4})"}),
              "m:2: 4 exits of vCPUs above the last one that is counted");
    EXPECT_EQ(problem_of({R"({"end":true,"isa":"unknown","lost_marks":0,"lost_exits":0})"}),
              "m:1.isa: no exit was seen: was the VM run by another process, or not by KVM?");
    EXPECT_NE(problem_of({first.substr(0, 20), end}), "none");
    const auto whole = lines({first, end});
    for (const auto size :
         {whole.size() - 1, whole.size() - 10, first.size() + 1, first.size(), std::size_t{1}}) {
        try {
            static_cast<void>(read_marks(whole.substr(0, size), "m"));
            ADD_FAILURE() << size;
        } catch (const text::InputError& problem) {
            EXPECT_NE(std::string{problem.what()}.find("the last line is not the end"), std::string::npos)
                << size;
        }
    }
}

TEST(MarksTest, WhatContradictsItselfIsRefused) {
    EXPECT_EQ(problem_of({second, end}), "m:1.mark: mark 2 where 1 should be");
    EXPECT_EQ(problem_of({first, first, end}), "m:2.mark: mark 1 where 2 should be");
    EXPECT_EQ(problem_of({first, R"({"mark":2,"vcpu":1,"slot":1,"total":0,"exits":{}})", end}),
              "m:2.vcpu: a mark of vCPU 1, where those before are of vCPU 0");
    EXPECT_EQ(problem_of({R"({"mark":1,"vcpu":0,"slot":0,"total":8,"exits":{"10":7}})", end}),
              "m:1.exits: the reasons add up to 7 exits, the total says 8");
    EXPECT_EQ(problem_of({R"({"mark":1,"vcpu":0,"slot":0,"total":8,"exits":{"0x72":8}})", end}),
              "m:1.exits.0x72: the manual defines no such exit reason of vmx");
    EXPECT_EQ(problem_of({R"({"mark":1,"vcpu":0,"slot":0,"total":8,"exits":{"10":7},"others":1})", end}),
              "m:1.others: exits of reasons that the manual does not define");
}

}  // namespace
}  // namespace exitscope::command::evidence
