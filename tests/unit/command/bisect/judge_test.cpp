// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
//
// What a count says of a commit.

#include "bisect/judge.h"

#include <gtest/gtest.h>

#include "text/file.h"

namespace exitscope::command::bisect {
namespace {

constexpr model::ReasonNumber msr_read = 31;
constexpr model::ReasonNumber cpuid = 10;

result::Result result_of(model::Verdict verdict, evidence::Counts exits) {
    result::Result result;
    result.workloads.push_back({.name = "rdmsr", .verdict = verdict, .exits = std::move(exits)});
    return result;
}

const BisectRequest of_all{.workload = "rdmsr"};
const BisectRequest of_cpuid{.workload = "rdmsr", .reason = "10"};

TEST(Judge, LooksAtTheExactCountsOfItsWorkload) {
    const evidence::Counts exits{{msr_read, 100}, {cpuid, 3}};
    EXPECT_EQ(counts_looked_at(result_of(model::Verdict::pass, exits), of_all), exits);
    // Another count than the oracle's is what is looked for.
    EXPECT_EQ(counts_looked_at(result_of(model::Verdict::fail, exits), of_cpuid),
              (evidence::Counts{{cpuid, 3}}));
    EXPECT_EQ(counts_looked_at(result_of(model::Verdict::fail, {}), of_all), evidence::Counts{});
    EXPECT_EQ(counts_looked_at(result_of(model::Verdict::fail, {}), of_cpuid), evidence::Counts{});
}

TEST(Judge, HasNoCountWhereThereIsNoExactOne) {
    EXPECT_EQ(counts_looked_at(result_of(model::Verdict::skip, {}), of_all), std::nullopt);
    EXPECT_EQ(counts_looked_at(result_of(model::Verdict::error, {{cpuid, 3}}), of_all), std::nullopt);
    EXPECT_EQ(counts_looked_at({}, of_all), std::nullopt);
    EXPECT_THROW(
        (void)counts_looked_at(result_of(model::Verdict::pass, {}), {.workload = "rdmsr", .reason = "0x7c"}),
        text::InputError);
}

TEST(Judge, IsGoodBadOrNeither) {
    const evidence::Counts good{{msr_read, 100}};
    EXPECT_EQ(judge({{msr_read, 100}, {cpuid, 0}}, good, {}), ChangeSide::before);
    EXPECT_EQ(judge({}, good, {}), ChangeSide::after);
    EXPECT_EQ(judge({{msr_read, 99}}, good, {}), ChangeSide::neither);
    EXPECT_EQ(judge({{msr_read, 100}, {cpuid, 1}}, good, {}), ChangeSide::neither);
}

TEST(Judge, TellsCounts) {
    EXPECT_EQ(text_of(model::InstructionSet::vmx, {{cpuid, 3}, {msr_read, 100}, {12, 0}}),
              "CPUID 3, MSR_READ 100");
    EXPECT_EQ(text_of(model::InstructionSet::vmx, {}), "no exit");
}

}  // namespace
}  // namespace exitscope::command::bisect
