// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "runner/judge.h"

#include <gtest/gtest.h>

namespace exitscope::runner {
namespace {

model::CountTable counts(model::InstructionSet isa, std::initializer_list<model::ExpectedCount> exits) {
    model::CountTable result;
    result.isa = isa;
    for (const auto& [reason, count] : exits) {
        result.by_index.at(model::index_of(isa, reason).value()) = count;
        result.total += count;
    }
    return result;
}

struct Judged {
    model::Verdict verdict;
    std::string message;
};

Judged judged(const model::CountTable& exits, const model::Expected& expected,
              model::Interrupts interrupts = model::Interrupts::off) {
    report::Text<512> message;
    const auto verdict = judge(exits, expected, interrupts, message);
    return {verdict, std::string{message.view()}};
}

TEST(Judge, EqualCountsPass) {
    const auto result = judged(counts(model::InstructionSet::vmx, {{10, 100}}), {{10, 100}});
    EXPECT_EQ(result.verdict, model::Verdict::pass);
    EXPECT_EQ(result.message, "");
}

TEST(Judge, NothingExpectedAndNothingFoundPasses) {
    EXPECT_EQ(judged(counts(model::InstructionSet::svm, {}), {}).verdict, model::Verdict::pass);
}

TEST(Judge, OneExitTooManyFailsAndIsNamed) {
    const auto result = judged(counts(model::InstructionSet::vmx, {{48, 101}}), {{48, 100}});
    EXPECT_EQ(result.verdict, model::Verdict::fail);
    EXPECT_EQ(result.message, "reason 48: expected 100, found 101");
}

TEST(Judge, OneExitTooFewFails) {
    EXPECT_EQ(judged(counts(model::InstructionSet::vmx, {{48, 99}}), {{48, 100}}).verdict,
              model::Verdict::fail);
}

TEST(Judge, EveryWrongReasonIsNamedAsItsManualPrintsIt) {
    const auto result = judged(counts(model::InstructionSet::svm, {{0x4e, 3}}), {{0x400, 3}});
    EXPECT_EQ(result.message, "reason 0x4e: expected 0, found 3; reason 0x400: expected 3, found 0");
}

TEST(Judge, NoiseIsNotJudged) {
    EXPECT_EQ(judged(counts(model::InstructionSet::vmx, {{1, 5}, {52, 1}}), {}).verdict,
              model::Verdict::pass);
    EXPECT_EQ(judged(counts(model::InstructionSet::svm, {{0x60, 5}, {0x61, 1}, {0x62, 1}}), {}).verdict,
              model::Verdict::pass);
}

TEST(Judge, InterruptWindowsAreNoiseOnlyWhereInterruptsAreOn) {
    const auto vmx = counts(model::InstructionSet::vmx, {{7, 1}});
    const auto svm = counts(model::InstructionSet::svm, {{0x64, 1}});
    EXPECT_EQ(judged(vmx, {}, model::Interrupts::off).verdict, model::Verdict::fail);
    EXPECT_EQ(judged(svm, {}, model::Interrupts::off).verdict, model::Verdict::fail);
    EXPECT_EQ(judged(vmx, {}, model::Interrupts::on).verdict, model::Verdict::pass);
    EXPECT_EQ(judged(svm, {}, model::Interrupts::on).verdict, model::Verdict::pass);
}

TEST(Judge, PausesAreNoiseOnlyWhereTheyAreDoneInALoop) {
    for (const auto& exits :
         {counts(model::InstructionSet::vmx, {{40, 3}}), counts(model::InstructionSet::svm, {{0x77, 3}})}) {
        EXPECT_EQ(judged(exits, {}, model::Interrupts::off).verdict, model::Verdict::fail);
        EXPECT_EQ(judged(exits, {}, model::Interrupts::on).verdict, model::Verdict::fail);
        EXPECT_EQ(judged(exits, {}, model::Interrupts::off_and_pausing).verdict, model::Verdict::pass);
    }
}

TEST(Judge, NoMoreExitsThanPauses) {
    report::Text<256> message;
    EXPECT_EQ(judge_pauses(counts(model::InstructionSet::vmx, {{40, 100}}), 100, message),
              model::Verdict::pass);
    EXPECT_EQ(judge_pauses(counts(model::InstructionSet::svm, {}), 0, message), model::Verdict::pass);
    EXPECT_EQ(message.view(), "");
    EXPECT_EQ(judge_pauses(counts(model::InstructionSet::svm, {{0x77, 101}}), 100, message),
              model::Verdict::fail);
    EXPECT_EQ(message.view(), "of PAUSE: expected at most 100 exits, found 101");
}

TEST(Judge, ReasonsThatDoNotAddUpAreAnError) {
    auto exits = counts(model::InstructionSet::vmx, {{10, 100}});
    exits.total = 101;
    const auto result = judged(exits, {{10, 100}});
    EXPECT_EQ(result.verdict, model::Verdict::error);
    EXPECT_EQ(result.message, "the reasons add up to 100 exits, the total says 101");
}

/// Two windows of a workload, of which the first took `iterations`.
Judged judged_slope(const model::CountTable& exits, const model::CountTable& doubled,
                    const model::Price& price, std::uint64_t iterations,
                    model::Interrupts interrupts = model::Interrupts::off) {
    report::Text<512> message;
    const auto verdict = judge_slope(exits, doubled, price, iterations, interrupts, message);
    return {verdict, std::string{message.view()}};
}

TEST(JudgeSlope, ExactLinePasses) {
    const auto result = judged_slope(counts(model::InstructionSet::vmx, {{48, 103}}),
                                     counts(model::InstructionSet::vmx, {{48, 203}}),
                                     {.each = {{48}}, .once = {{48, 3}}}, 100);
    EXPECT_EQ(result.verdict, model::Verdict::pass);
    EXPECT_EQ(result.message, "");
}

TEST(JudgeSlope, LargerWindowThatIsWrongIsNamedWithItsIterations) {
    const auto result = judged_slope(counts(model::InstructionSet::vmx, {{48, 100}}),
                                     counts(model::InstructionSet::vmx, {{48, 201}}), {.each = {{48}}}, 100);
    EXPECT_EQ(result.verdict, model::Verdict::fail);
    EXPECT_EQ(result.message, "reason 48: expected 200, found 201 (200 iterations)");
}

TEST(JudgeSlope, CostOfTheFirstStepDoesNotHideInTheLine) {
    // The larger window is right. The smaller one has an exit for its first step, which the price does not
    // name.
    const auto result = judged_slope(counts(model::InstructionSet::vmx, {{48, 101}}),
                                     counts(model::InstructionSet::vmx, {{48, 200}}), {.each = {{48}}}, 100);
    EXPECT_EQ(result.verdict, model::Verdict::fail);
    EXPECT_EQ(result.message, "slope of reason 48: expected 100, found 99");
}

TEST(JudgeSlope, NoiseMayDifferBetweenTheWindows) {
    EXPECT_EQ(judged_slope(counts(model::InstructionSet::svm, {{0x60, 5}, {0x64, 3}}),
                           counts(model::InstructionSet::svm, {{0x60, 2}}), {}, 100, model::Interrupts::on)
                  .verdict,
              model::Verdict::pass);
    EXPECT_EQ(judged_slope(counts(model::InstructionSet::svm, {}),
                           counts(model::InstructionSet::svm, {{0x64, 1}}), {}, 100)
                  .verdict,
              model::Verdict::fail);
}

TEST(JudgeSlope, CountersThatContradictThemselvesAreAnError) {
    auto doubled = counts(model::InstructionSet::vmx, {{10, 200}});
    doubled.total = 201;
    const auto result =
        judged_slope(counts(model::InstructionSet::vmx, {{10, 100}}), doubled, {.each = {{10}}}, 100);
    EXPECT_EQ(result.verdict, model::Verdict::error);
    EXPECT_EQ(result.message, "the reasons add up to 200 exits, the total says 201 (200 iterations)");
}

TEST(Expected, ReasonNamedTwiceIsSummed) {
    const model::Expected expected{{0x7c, 100}, {0x78, 1}, {0x7c, 100}};
    EXPECT_EQ(expected.of(0x7c), 200U);
    EXPECT_EQ(expected.end() - expected.begin(), 2);
}

}  // namespace
}  // namespace exitscope::runner
