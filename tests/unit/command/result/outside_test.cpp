// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "result/outside.h"

#include <gtest/gtest.h>

#include "result/judge.h"

namespace exitscope::command::result {
namespace {

constexpr model::ReasonNumber cpuid = 10;
constexpr model::ReasonNumber hlt = 12;
constexpr model::ReasonNumber external_interrupt = 1;
constexpr model::ReasonNumber interrupt_window = 7;

/// One step of the workload costs a HLT; its windows begin at marks 1 and 3.
report::WorkloadReport workload_of_hlt(std::string group = "interrupt") {
    report::WorkloadReport workload{.name = "hlt",
                                    .group = std::move(group),
                                    .verdict = model::Verdict::skip,
                                    .message = "counted from outside",
                                    .iterations = 100,
                                    .expected = {{hlt, 100}},
                                    .each = {{hlt, 1, ""}}};
    workload.window = report::VaryingPart{.total = 1,
                                          .reads = 1,
                                          .mark = 1,
                                          .doubled_total = 1,
                                          .doubled_mark = 3,
                                          .marks = {1},
                                          .doubled_marks = {3}};
    return workload;
}

report::Report report_with(std::vector<report::WorkloadReport> workloads) {
    report::Report report;
    report.run = report::RunInfo{.counters = "trace",
                                 .isa = model::InstructionSet::vmx,
                                 .paging = model::Paging::two_dimensional,
                                 .iterations = 100,
                                 .workloads = workloads.size()};
    report.workloads = std::move(workloads);
    return report;
}

/// Four marks, with these exits beside a CPUID in the first window and in the second.
evidence::Marks marks_with(const evidence::Counts& once, const evidence::Counts& twice) {
    evidence::Marks marks{.isa = model::InstructionSet::vmx};
    evidence::Mark mark{.slot = 1};
    const auto add = [&](const evidence::Counts& exits) {
        mark.exits[cpuid] += 1;
        for (const auto& [reason, count] : exits)
            mark.exits[reason] += count;
        mark.total = *evidence::sum_of(mark.exits);
        mark.slot = 1 - mark.slot;
        marks.marks.push_back(mark);
    };
    add({});
    add(once);
    add({{cpuid, 40}});
    add(twice);
    marks.finals.emplace(0, mark);
    return marks;
}

TEST(OutsideTest, CountsAndVerdictAreFilledIn) {
    auto report = report_with({workload_of_hlt()});
    fill_from_outside(report, marks_with({{hlt, 100}, {external_interrupt, 3}}, {{hlt, 200}}));
    const auto& workload = report.workloads.front();
    EXPECT_EQ(report.damage, std::vector<std::string>{});
    EXPECT_EQ(workload.verdict, model::Verdict::pass);
    EXPECT_EQ(workload.message, "");
    EXPECT_EQ(workload.total, 100U);
    EXPECT_EQ(workload.exits, (evidence::Counts{{hlt, 100}}));
    EXPECT_EQ(workload.doubled, (evidence::Counts{{hlt, 200}}));
    EXPECT_EQ(workload.window->total, 104U);
    EXPECT_EQ(workload.window->noise, (evidence::Counts{{external_interrupt, 3}}));
    EXPECT_EQ(report.final_reading->exits.at(hlt), 300U);
}

TEST(OutsideTest, OneExitMoreOrLessIsFail) {
    for (const auto& [once, twice] : {std::pair{99U, 200U}, std::pair{101U, 200U}, std::pair{100U, 199U}}) {
        auto report = report_with({workload_of_hlt()});
        fill_from_outside(report, marks_with({{hlt, once}}, {{hlt, twice}}));
        EXPECT_EQ(report.workloads.front().verdict, model::Verdict::fail) << once << ' ' << twice;
        EXPECT_NE(report.workloads.front().message, "");
        EXPECT_EQ(report.damage, std::vector<std::string>{});
    }
}

TEST(OutsideTest, WhatIsNoiseDependsOnTheWorkload) {
    auto report = report_with({workload_of_hlt()});
    fill_from_outside(report, marks_with({{hlt, 100}, {interrupt_window, 1}}, {{hlt, 200}}));
    EXPECT_EQ(report.workloads.front().verdict, model::Verdict::fail);
    auto taking = workload_of_hlt();
    taking.window->interrupts = model::Interrupts::on;
    report = report_with({taking});
    fill_from_outside(report, marks_with({{hlt, 100}, {interrupt_window, 1}}, {{hlt, 200}}));
    EXPECT_EQ(report.workloads.front().verdict, model::Verdict::pass);
}

TEST(OutsideTest, OfSeveralWindowsOneWithoutNoiseCounts) {
    auto quiet = workload_of_hlt();
    quiet.window->marks = {1, 3};
    quiet.window->doubled_marks = {3};
    quiet.each = {};
    quiet.expected = {};
    auto report = report_with({quiet});
    fill_from_outside(report, marks_with({{external_interrupt, 1}}, {}));
    EXPECT_EQ(report.workloads.front().verdict, model::Verdict::pass);
    EXPECT_EQ(report.workloads.front().window->mark, 3U);
    quiet.window->doubled_marks = {1, 1};
    report = report_with({quiet});
    fill_from_outside(report, marks_with({{external_interrupt, 1}}, {}));
    EXPECT_EQ(report.workloads.front().verdict, model::Verdict::error);
}

TEST(OutsideTest, PauseExitsAreNoMoreThanThePauses) {
    constexpr model::ReasonNumber pause = 40;
    auto pausing = workload_of_hlt();
    pausing.each = {};
    pausing.expected = {};
    pausing.iterations = 2;
    pausing.window->interrupts = model::Interrupts::off_and_pausing;
    const auto judged = [&](std::uint64_t once, std::uint64_t twice) {
        auto report = report_with({pausing});
        fill_from_outside(report, marks_with({{pause, once}}, {{pause, twice}}));
        return report.workloads.front().message;
    };
    EXPECT_EQ(judged(0, 0), "");
    EXPECT_EQ(judged(8192, 16384), "");
    EXPECT_EQ(judged(8193, 0), "PAUSE_INSTRUCTION: expected at most 8192, found 8193");
    EXPECT_EQ(judged(0, 16385),
              "PAUSE_INSTRUCTION: expected at most 16384, found 16385 (twice the iterations)");
}

TEST(OutsideTest, AMarkThatIsNotThereIsDamage) {
    auto workload = workload_of_hlt();
    workload.window->doubled_marks = {5};
    auto report = report_with({workload});
    fill_from_outside(report, marks_with({{hlt, 100}}, {{hlt, 200}}));
    EXPECT_EQ(report.damage, std::vector<std::string>{"hlt: no window begins at mark 5"});
    EXPECT_EQ(report.workloads.front().verdict, model::Verdict::error);
}

TEST(OutsideTest, MarksOfAnotherInstructionSetAreDamage) {
    auto marks = marks_with({}, {});
    marks.isa = model::InstructionSet::svm;
    auto report = report_with({workload_of_hlt()});
    fill_from_outside(report, marks);
    EXPECT_EQ(report.damage, std::vector<std::string>{
                                 "the report is of vmx, the marks are of svm; they are of different runs"});
    EXPECT_EQ(report.workloads.front().verdict, model::Verdict::skip);
}

TEST(OutsideTest, ACanaryThatIsWrongSpoilsTheRun) {
    auto report = report_with({workload_of_hlt("canary")});
    fill_from_outside(report, marks_with({{hlt, 99}}, {{hlt, 200}}));
    EXPECT_EQ(report.errors,
              std::vector<std::string>{"the canary hlt is wrong: HLT: expected 100, found 99"});
}

TEST(OutsideTest, WhatTheGuestSkippedStaysSo) {
    report::WorkloadReport skipped{
        .name = "ipi", .verdict = model::Verdict::skip, .message = "one vCPU only"};
    auto report = report_with({skipped});
    fill_from_outside(report, marks_with({}, {}));
    EXPECT_EQ(report.workloads.front(), skipped);
    EXPECT_EQ(report.damage, std::vector<std::string>{});
}

}  // namespace
}  // namespace exitscope::command::result
