// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "compare/comparison.h"

#include <gtest/gtest.h>

#include <limits>

#include "compare/event.h"
#include "compare/formats.h"
#include "golden.h"
#include "text/json.h"

namespace exitscope::command::compare {
namespace {

constexpr auto vmx = model::InstructionSet::vmx;
constexpr auto svm = model::InstructionSet::svm;

report::WorkloadReport measured(std::string name, evidence::Counts exits) {
    return {.name = std::move(name),
            .verdict = model::Verdict::pass,
            .iterations = 100,
            .exits = std::move(exits)};
}

/// A result of just these workloads.
result::Result result_of(std::string_view setting, std::vector<report::WorkloadReport> workloads) {
    auto result = golden_result(setting);
    result.host->kernel = "6.1.1";
    result.workloads = std::move(workloads);
    return result;
}

TEST(EventTest, WhatBothInstructionSetsHaveIsOneEvent) {
    EXPECT_EQ(event_name(vmx, 10), event_name(svm, 0x72));
    EXPECT_EQ(event_name(vmx, 28), event_name(svm, 0x13));
    EXPECT_EQ(event_name(vmx, 28), event_name(svm, 0x65));
    EXPECT_EQ(event_name(vmx, 31), event_name(svm, 0x7c));
    EXPECT_EQ(event_name(vmx, 32), event_name(svm, 0x7c));
    EXPECT_EQ(event_name(vmx, 48), event_name(svm, 0x400));
    EXPECT_EQ(event_name(vmx, 49), event_name(svm, 0x400));
    EXPECT_EQ(event_name(vmx, 0), event_name(svm, 0x4e));
    EXPECT_EQ(event_name(vmx, 29), event_name(svm, 0x3f));
    for (const auto& [vmx_reason, svm_reason] : {std::pair{1, 0x60},
                                                 {2, 0x7f},
                                                 {7, 0x64},
                                                 {12, 0x78},
                                                 {13, 0x76},
                                                 {14, 0x79},
                                                 {15, 0x6f},
                                                 {17, 0x73},
                                                 {18, 0x81},
                                                 {30, 0x7b},
                                                 {36, 0x8b},
                                                 {39, 0x8a},
                                                 {40, 0x77},
                                                 {54, 0x89},
                                                 {55, 0x8d}})
        EXPECT_EQ(event_name(vmx, static_cast<model::ReasonNumber>(vmx_reason)),
                  event_name(svm, static_cast<model::ReasonNumber>(svm_reason)))
            << vmx_reason;
}

TEST(EventTest, WhatOnlyOneOfThemHasKeepsItsName) {
    EXPECT_EQ(event_name(vmx, 52), "PREEMPTION_TIMER");
    EXPECT_EQ(event_name(svm, 0x84), "STGI");
    // KVM on SVM waits for its IRET before it injects an NMI: near to an NMI window, but twice as many.
    EXPECT_EQ(event_name(svm, 0x74), "IRET");
}

TEST(ComparisonTest, AResultEqualsItself) {
    for (const auto& setting : evidence::settings) {
        const auto result = golden_result(setting.name);
        EXPECT_FALSE(compare(result, result).changed());
    }
}

TEST(ComparisonTest, EachReasonHasBothCounts) {
    const auto pairs = compare(result_of("ept=1", {measured("w", {{10, 100}, {48, 7}})}),
                               result_of("ept=0", {measured("w", {{0, 7}, {10, 100}})}))
                           .workloads;
    ASSERT_EQ(pairs.size(), 1U);
    EXPECT_EQ(pairs[0].reasons, (std::vector<ReasonPair>{
                                    {"CPUID", 100, 100}, {"EPT_VIOLATION", 7, 0}, {"EXCEPTION_NMI", 0, 7}}));
    EXPECT_TRUE(pairs[0].changed());
}

TEST(ComparisonTest, AcrossInstructionSetsReasonsMeetByWhatTheyMean) {
    const auto comparison = compare(result_of("ept=1", {measured("w", {{31, 1}, {32, 2}, {48, 3}, {49, 4}})}),
                                    result_of("npt=1", {measured("w", {{0x7c, 3}, {0x400, 7}})}));
    EXPECT_FALSE(comparison.changed());
    EXPECT_EQ(comparison.workloads[0].reasons,
              (std::vector<ReasonPair>{{"MSR", 3, 3}, {"NESTED_PAGE_FAULT", 7, 7}}));
}

TEST(ComparisonTest, CountsOfAllVcpusStandApart) {
    auto one = measured("ipi", {{32, 5}});
    one.vm_exits = {{32, 10}};
    auto other = one;
    other.vm_exits = {{32, 11}};
    const auto pair = compare(result_of("ept=1", {one}), result_of("ept=0", {other})).workloads[0];
    EXPECT_EQ(pair.reasons, (std::vector<ReasonPair>{{"MSR_WRITE", 5, 5}, {"MSR_WRITE (VM)", 10, 11}}));
}

TEST(ComparisonTest, WhatOnlyOneMeasuredIsNoComparison) {
    report::WorkloadReport skipped{
        .name = "b", .verdict = model::Verdict::skip, .message = "no TSC", .iterations = 100};
    const auto comparison = compare(result_of("ept=1", {measured("a", {{10, 1}}), measured("b", {})}),
                                    result_of("ept=1", {skipped, measured("c", {{10, 1}})}));
    ASSERT_EQ(comparison.workloads.size(), 3U);
    for (const auto& workload : comparison.workloads) {
        EXPECT_TRUE(workload.changed()) << workload.name;
        EXPECT_FALSE(workload.comparable()) << workload.name;
    }
    EXPECT_EQ(comparison.workloads[2].name, "c");
    EXPECT_EQ(comparison.workloads[2].one, std::nullopt);
}

TEST(ComparisonTest, OtherIterationsAreNoComparison) {
    auto other = measured("w", {{10, 100}});
    other.iterations = 50;
    const auto pair =
        compare(result_of("ept=1", {measured("w", {{10, 100}})}), result_of("ept=1", {other})).workloads[0];
    EXPECT_TRUE(pair.changed());
    EXPECT_FALSE(pair.comparable());
}

TEST(ComparisonTest, NothingAgainstNothingIsEqual) {
    EXPECT_FALSE(compare(result_of("ept=1", {}), result_of("ept=0", {})).changed());
    EXPECT_NE(comparison_text(compare(result_of("ept=1", {}), result_of("ept=0", {})), Show::all)
                  .find("0 of 0 workloads differ"),
              std::string::npos);
}

class FormatsTest : public testing::Test {
protected:
    Comparison comparison_ = compare(
        result_of("ept=1", {measured("cpuid", {{10, 100}}), measured("cr3_write", {}), measured("rdtsc", {}),
                            measured("huge", {{30, std::numeric_limits<std::uint64_t>::max()}})}),
        result_of("ept=0", {measured("cpuid", {{10, 100}}), measured("cr3_write", {{28, 100}}),
                            measured("rdtsc", {}), measured("huge", {})}));
};

TEST_F(FormatsTest, TableHasMarksAndTheLargestCount) {
    EXPECT_EQ(comparison_text(comparison_, Show::all),
              "one:   ept=1 on Linux 6.1.1, 100 iterations, PASS\n"
              "other: ept=0 on Linux 6.1.1, 100 iterations, PASS\n"
              "\n"
              "workload   VM-EXIT                        ept=1  ept=0  difference\n"
              "cpuid      CPUID                            100    100           0  =\n"
              "cr3_write  CR_ACCESS                          0    100        +100  <\n"
              "rdtsc      no exits                           0      0           0  =\n"
              "huge       IO_INSTRUCTION  18446744073709551615      0  -18446744073709551615  >\n"
              "\n"
              "2 of 4 workloads differ\n");
}

TEST_F(FormatsTest, ChangedShowsOnlyWhatDiffers) {
    EXPECT_EQ(comparison_csv(comparison_, Show::changed),
              "workload,reason,ept=1,ept=0,difference,mark\n"
              "cr3_write,CR_ACCESS,0,100,+100,<\n"
              "huge,IO_INSTRUCTION,18446744073709551615,0,-18446744073709551615,>\n");
}

TEST_F(FormatsTest, MarkdownEscapesItsMarks) {
    EXPECT_NE(comparison_markdown(comparison_, Show::all)
                  .find("| `cr3_write` | CR_ACCESS | 0 | 100 | +100 | \\< |\n"),
              std::string::npos);
}

TEST_F(FormatsTest, JsonIsWhole) {
    const auto json = text::parse_json(comparison_json(comparison_, Show::all), "it");
    EXPECT_TRUE(json.at("changed").get<bool>());
    EXPECT_EQ(json.at("workloads").size(), 4U);
    EXPECT_EQ(json.at("workloads").at(3).at("reasons").at(0).at("one").get<std::uint64_t>(),
              std::numeric_limits<std::uint64_t>::max());
    EXPECT_EQ(text::parse_json(comparison_json(comparison_, Show::changed), "it").at("workloads").size(), 2U);
}

}  // namespace
}  // namespace exitscope::command::compare
