// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <gtest/gtest.h>

#include "golden.h"
#include "show/formats.h"
#include "show/summary.h"

namespace exitscope::command::show {
namespace {

/// 300 CPUID in two workloads, 100 HLT in one of them, a workload without exits and one that was skipped.
result::Result small_result() {
    auto result = golden_result("ept=1");
    report::VaryingPart window;
    window.cycles = {{10, 2000}, {12, 6000}};
    result.workloads = {
        {.name = "a",
         .verdict = model::Verdict::pass,
         .iterations = 100,
         .exits = {{10, 100}, {12, 100}},
         .expected = {{10, 100}, {12, 100}},
         .window = window},
        {.name = "b",
         .verdict = model::Verdict::fail,
         .message = "b <&> \"c\"\nd",
         .iterations = 100,
         .exits = {{10, 200}},
         .expected = {{10, 100}, {30, 1}}},
        {.name = "none", .verdict = model::Verdict::pass, .iterations = 100, .window = report::VaryingPart{}},
        {.name = "left", .verdict = model::Verdict::skip, .message = "no TSC"}};
    result.verdict = model::Verdict::fail;
    result.problems = {{model::Verdict::fail, "b: CPUID: expected 100, found 200"}};
    return result;
}

TEST(SummaryTest, TheMostFrequentReasonComesFirstWithItsShares) {
    const auto summary = summary_of(small_result());
    ASSERT_EQ(summary.size(), 2U);
    EXPECT_EQ(summary[0].reason, "CPUID");
    EXPECT_EQ(summary[0].samples, 300U);
    EXPECT_DOUBLE_EQ(summary[0].samples_percent, 75);
    EXPECT_DOUBLE_EQ(*summary[0].time_percent, 25);
    EXPECT_EQ(summary[0].average_ticks, 2000U / 300);
    EXPECT_EQ(summary[1].reason, "HLT");
    EXPECT_DOUBLE_EQ(*summary[1].time_percent, 75);
}

TEST(SummaryTest, NothingHasNoSharesAndNoTicks) {
    auto result = golden_result("npt=0");
    result.workloads = {};
    EXPECT_TRUE(summary_of(result).empty());
    result.workloads = {{.name = "a", .verdict = model::Verdict::pass, .exits = {{0x72, 1}}}};
    EXPECT_EQ(summary_of(result).at(0).time_percent, std::nullopt);
    EXPECT_EQ(summary_of(result).at(0).average_ticks, std::nullopt);
}

TEST(ShowTest, FoldedHasAStackAReason) {
    EXPECT_EQ(result_folded(small_result()), "ept=1;a;CPUID 100\nept=1;a;HLT 100\nept=1;b;CPUID 200\n");
}

TEST(ShowTest, CsvHasWhatWasFoundAndWhatWasExpected) {
    EXPECT_EQ(result_csv(small_result()),
              "setting,workload,verdict,iterations,reason,exits,expected\n"
              "ept=1,a,PASS,100,CPUID,100,100\n"
              "ept=1,a,PASS,100,HLT,100,100\n"
              "ept=1,b,FAIL,100,CPUID,200,100\n"
              "ept=1,b,FAIL,100,IO_INSTRUCTION,0,1\n"
              "ept=1,none,PASS,100,,,\n"
              "ept=1,left,SKIP,0,,,\n");
}

TEST(ShowTest, JunitEscapesAndCountsTheRunToo) {
    EXPECT_EQ(
        result_junit(small_result()),
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<testsuite name=\"exitscope ept=1\" tests=\"5\" failures=\"2\" errors=\"0\" skipped=\"1\" "
        "time=\"0\">\n"
        "  <properties>\n"
        "    <property name=\"setting\" value=\"ept=1\"/>\n"
        "    <property name=\"kernel\" value=\"6.1.192-exitscope\"/>\n"
        "    <property name=\"qemu\" value=\"QEMU emulator version 7.2.22\"/>\n"
        "    <property name=\"emulator\" value=\"bochs 2.7\"/>\n"
        "  </properties>\n"
        "  <testcase classname=\"exitscope.ept=1\" name=\"the run\" time=\"0\"><failure type=\"FAIL\" "
        "message=\"FAIL: b: "
        "CPUID: "
        "expected 100, found 200\"/></testcase>\n"
        "  <testcase classname=\"exitscope.ept=1\" name=\"a\" time=\"0\"></testcase>\n"
        "  <testcase classname=\"exitscope.ept=1\" name=\"b\" time=\"0\"><failure type=\"FAIL\" "
        "message=\"FAIL: b "
        "&lt;&amp;&gt; "
        "&quot;c&quot;\nd\"/></testcase>\n"
        "  <testcase classname=\"exitscope.ept=1\" name=\"none\" time=\"0\"></testcase>\n"
        "  <testcase classname=\"exitscope.ept=1\" name=\"left\" time=\"0\"><skipped message=\"SKIP: no "
        "TSC\"/></testcase>\n"
        "</testsuite>\n");
}

TEST(ShowTest, KtapHasALineAWorkload) {
    EXPECT_EQ(
        result_ktap(small_result()),
        "KTAP version 1\n1..5\nok 1 a\nnot ok 2 b # FAIL b <&> \"c\" d\nok 3 none\nok 4 left # SKIP no TSC\n"
        "not ok 5 the_run # FAIL b: CPUID: expected 100, found 200\n");
}

TEST(ShowTest, ANameWithMarkupInItStaysOneName) {
    auto result = small_result();
    result.workloads = {
        {.name = "a,b \"c\";d|e#f`g", .verdict = model::Verdict::pass, .iterations = 1, .exits = {{10, 1}}}};
    EXPECT_NE(result_csv(result).find("\nept=1,\"a,b \"\"c\"\";d|e#f`g\",PASS,1,CPUID,1,0\n"),
              std::string::npos);
    EXPECT_EQ(result_folded(result), "ept=1;a,b \"c\":d|e#f`g;CPUID 1\n");
    EXPECT_NE(result_ktap(result).find("\nok 1 a,b \"c\";d|e_f`g\n"), std::string::npos);
    EXPECT_NE(result_markdown(result).find("| `a,b \"c\";d\\|e#f'g` |"), std::string::npos);
    EXPECT_NE(result_junit(result).find("name=\"a,b &quot;c&quot;;d|e#f`g\""), std::string::npos);
}

TEST(ShowTest, TimeIsSaidToMeanNothingWhereItIsEmulated) {
    auto result = small_result();
    EXPECT_NE(result_text(result).find("Time is emulated here"), std::string::npos);
    result.host->emulator.clear();
    EXPECT_EQ(result_text(result).find("Time is emulated here"), std::string::npos);
    EXPECT_TRUE(
        result_text(result).starts_with("VM-EXIT                   Samples  Samples%    Time%    Avg ticks\n"
                                        "CPUID                         300    75.00%   25.00%            6\n"
                                        "HLT                           100    25.00%   75.00%           60\n"
                                        "\nVM exits of "));
    EXPECT_TRUE(result_markdown(result).starts_with("| VM-EXIT | Samples |"));
}

}  // namespace
}  // namespace exitscope::command::show
