// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
//
// Phases whose exits were counted from outside, between the marks that exitstat made.

#include "inner_linux/marked_phases.h"

#include <gtest/gtest.h>

#include <unistd.h>

#include "as_printed.h"
#include "inner_linux/phases.h"
#include "result/result.h"
#include "text/file.h"

namespace exitscope::command::inner_linux {
namespace {

const std::string marked_boot =
    R"({"exitstat":2,"name":"boot","counters":"trace","scope":"vcpu","since_creation":true})";
const std::string marked_work =
    R"({"exitstat":2,"name":"work","counters":"trace","scope":"vcpu","since_creation":false})";
const std::string counted_work =
    R"({"exitstat":2,"name":"work","counters":"exitscope","isa":"vmx","paging":"shadow","scope":"vcpu",)"
    R"("since_creation":false,"total":33,"reasons":[{"reason":"10","name":"CPUID","exits":33}]})";
const std::string end = "exitscope: the work is done";

/// What exitscope-trace leaves of a boot of 110 exits and a piece of work of 34, the last one its mark.
evidence::Marks marks_of_both() {
    return {.isa = model::InstructionSet::vmx,
            .marks = {{.slot = 0, .total = 110, .exits = {{1, 10}, {10, 1}, {48, 99}}},
                      {.slot = 0, .total = 111, .exits = {{1, 10}, {10, 2}, {48, 99}}},
                      {.slot = 1, .total = 145, .exits = {{1, 10}, {10, 36}, {48, 99}}}}};
}

class MarkedPhasesTest : public testing::Test {
protected:
    ~MarkedPhasesTest() override { std::filesystem::remove(file_); }

    report::Report read(const std::string& console, const evidence::Marks* marks) {
        text::write_file(file_, as_printed(console));
        return read_phases(file_, {.paging = model::Paging::shadow, .marks = marks});
    }

    std::string damage_of(const std::string& console, const evidence::Marks* marks) {
        const auto report = read(console, marks);
        return report.damage.empty() ? "none" : report.damage.front();
    }

    std::filesystem::path file_ =
        std::filesystem::temp_directory_path() / ("exitscope-marked-phases-" + std::to_string(getpid()));
};

TEST_F(MarkedPhasesTest, HoldWhatWasCountedWithoutTheLastMark) {
    const auto marks = marks_of_both();
    const auto report = read(marked_boot + "\n" + marked_work + "\n" + end, &marks);
    EXPECT_TRUE(report.damage.empty()) << report.damage.front();
    EXPECT_EQ(report.run->counters, "trace");
    EXPECT_EQ(report.run->isa, model::InstructionSet::vmx);
    EXPECT_EQ(report.run->paging, model::Paging::shadow);
    ASSERT_EQ(report.workloads.size(), 2U);
    EXPECT_EQ(report.workloads[0].exits, (evidence::Counts{{10, 1}, {48, 99}}));
    EXPECT_EQ(report.workloads[0].window->noise, (evidence::Counts{{1, 10}}));
    EXPECT_EQ(report.workloads[0].window->total, 110U);
    EXPECT_EQ(report.workloads[1].exits, (evidence::Counts{{10, 33}}));
    EXPECT_EQ(report.workloads[1].total, 33U);
}

TEST_F(MarkedPhasesTest, NothingButTheMarkIsAPhaseWithoutExits) {
    evidence::Marks marks{.isa = model::InstructionSet::svm,
                          .marks = {{.slot = 0, .total = 7, .exits = {{0x72, 7}}},
                                    {.slot = 1, .total = 8, .exits = {{0x72, 8}}}}};
    const auto report = read(marked_work + "\n" + end, &marks);
    EXPECT_EQ(report.workloads[0].exits, evidence::Counts{});
    EXPECT_EQ(report.workloads[0].total, 0U);
}

TEST_F(MarkedPhasesTest, MarksThatAreNotThoseOfThePhasesGiveNoNumber) {
    const auto marks = marks_of_both();
    EXPECT_EQ(damage_of(marked_work + "\n" + end, &marks),
              "console line 1: work: marks 1 and 2 are not the two that exitstat made for it");
    EXPECT_EQ(damage_of(marked_boot + "\n" + marked_boot + "\n" + marked_boot + "\n" + end, &marks),
              "console line 3: boot: mark 3 is not the one that exitstat made for it");
    EXPECT_EQ(damage_of(marked_boot + "\n" + marked_work + "\n" + marked_work + "\n" + end, &marks),
              "console line 3: work: marks 4 and 5 are not the two that exitstat made for it");
    EXPECT_EQ(damage_of(marked_boot + "\n" + end, &marks),
              "2 marks more than those of the phases on the console; which is whose is not known");
    EXPECT_EQ(damage_of(marked_work + "\n" + end, nullptr),
              "console line 1: work: exitstat only marked it, and nobody counted");
}

TEST_F(MarkedPhasesTest, CountersAndMarksAreComparedWhereBothAreThere) {
    auto marks = marks_of_both();
    marks.marks.erase(marks.marks.begin());
    EXPECT_EQ(read(counted_work + "\n" + end, &marks).workloads[0].verdict, model::Verdict::pass);
    marks.marks[1].exits[30] = 1;
    const auto report = read(counted_work + "\n" + end, &marks);
    const auto result =
        result::make_result(report, {.asked = *evidence::find_setting("ept=0"), .ends_by_itself = true});
    EXPECT_EQ(result.verdict, model::Verdict::fail);
    EXPECT_EQ(result.problems.front().message,
              "work: the counters (expected) and the tracepoint (found) differ: IO_INSTRUCTION: expected 0, "
              "found 1");
}

}  // namespace
}  // namespace exitscope::command::inner_linux
