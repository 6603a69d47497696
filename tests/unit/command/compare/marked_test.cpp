// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "compare/marked.h"

#include <gtest/gtest.h>

#include "golden.h"
#include "text/file.h"

namespace exitscope::command::compare {
namespace {

constexpr model::ReasonNumber external_interrupt = 1;

/// A result with one workload: 100 HLTs and 3 interrupts between marks 1 and 2, 200 and 5 between 3 and 4.
result::Result result_of_hlt() {
    auto result = golden_result("ept=1");
    report::WorkloadReport hlt{
        .name = "hlt", .iterations = 100, .exits = {{12, 100}}, .doubled = {{12, 200}}};
    hlt.window = report::VaryingPart{.reads = 1,
                                     .mark = 1,
                                     .noise = {{external_interrupt, 3}},
                                     .doubled_total = 206,
                                     .doubled_mark = 3,
                                     .doubled_noise = {{external_interrupt, 5}}};
    report::WorkloadReport skipped{.name = "ipi"};
    result.workloads = {hlt, skipped};
    return result;
}

evidence::Marks marks_of_hlt() {
    return {.isa = model::InstructionSet::vmx,
            .marks = {{0, 1, {{10, 1}}},
                      {1, 105, {{1, 3}, {10, 2}, {12, 100}}},
                      {0, 200, {{1, 3}, {10, 97}, {12, 100}}},
                      {1, 406, {{1, 8}, {10, 98}, {12, 300}}}}};
}

std::string problem_of(const result::Result& result, const evidence::Marks& marks) {
    try {
        static_cast<void>(compare_windows(result, marks));
        return "none";
    } catch (const text::InputError& problem) {
        return problem.what();
    }
}

TEST(MarkedTest, BothWindowsAgreeWithNoiseAndTheMetersCpuid) {
    const auto windows = compare_windows(result_of_hlt(), marks_of_hlt());
    ASSERT_EQ(windows.size(), 2U);
    EXPECT_EQ(windows[0].counted, (evidence::Counts{{1, 3}, {10, 1}, {12, 100}}));
    EXPECT_EQ(windows[1].iterations, 200U);
    EXPECT_EQ(windows[1].seen, (evidence::Counts{{1, 5}, {10, 1}, {12, 200}}));
    EXPECT_EQ(compared_windows_text(model::InstructionSet::vmx, windows),
              "the counters and the tracepoint agree in each of 2 windows, 310 exits\n");
}

TEST(MarkedTest, OneExitMoreOrLessIsADifference) {
    auto marks = marks_of_hlt();
    marks.marks[1].exits[12] = 99;
    marks.marks[3].exits[1] = 9;
    EXPECT_EQ(compared_windows_text(model::InstructionSet::vmx, compare_windows(result_of_hlt(), marks)),
              "the counters and the tracepoint differ in 2 of 2 windows (expected: the counters, found: the "
              "tracepoint):\n"
              "  hlt, 100 iterations, mark 1: HLT: expected 100, found 99\n"
              "  hlt, 200 iterations, mark 3: EXTERNAL_INTERRUPT: expected 5, found 6\n");
}

TEST(MarkedTest, MarksThatAreNotThereAreADifference) {
    auto marks = marks_of_hlt();
    marks.marks.resize(3);
    EXPECT_EQ(compared_windows_text(model::InstructionSet::vmx, compare_windows(result_of_hlt(), marks)),
              "the counters and the tracepoint differ in 1 of 2 windows (expected: the counters, found: the "
              "tracepoint):\n"
              "  hlt, 200 iterations, mark 3: no window begins there\n");
}

TEST(MarkedTest, WhatCannotBeComparedIsRefused) {
    auto marks = marks_of_hlt();
    marks.isa = model::InstructionSet::svm;
    EXPECT_EQ(problem_of(result_of_hlt(), marks),
              "the result is of vmx, the marks are of svm; they are of different runs");
    EXPECT_EQ(problem_of(golden_result("ept=1"), marks_of_hlt()),
              "the result has no window with a mark: the counters have no latch, or nothing was measured");
}

}  // namespace
}  // namespace exitscope::command::compare
