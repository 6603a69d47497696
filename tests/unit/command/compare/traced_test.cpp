// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "compare/traced.h"

#include <gtest/gtest.h>

#include "golden.h"
#include "text/file.h"

namespace exitscope::command::compare {
namespace {

std::vector<TracedReason> compare_golden(const std::string& counts) {
    return compare_with_tracepoint(
        golden_result("ept=1"),
        evidence::read_tracepoint("{\"isa\":\"vmx\",\"counts\":" + counts + "}", "k.json"));
}

std::string problem_of(const std::string& text, const result::Result& result = golden_result("ept=1")) {
    try {
        static_cast<void>(compare_with_tracepoint(result, evidence::read_tracepoint(text, "k.json")));
        return "none";
    } catch (const text::InputError& problem) {
        return problem.what();
    }
}

TEST(TracedTest, LastReadingAndWhatFollowsItIsWhatWasTraced) {
    const auto reasons = compare_golden(R"({"10":4792,"30":51571,"48":912})");
    EXPECT_EQ(reasons, (std::vector<TracedReason>{
                           {10, 4792, 4792, false}, {30, 51571, 51571, false}, {48, 912, 912, false}}));
    EXPECT_TRUE(all_agree(reasons));
    EXPECT_EQ(traced_text(model::InstructionSet::vmx, reasons),
              "the counters and the tracepoint kvm_exit agree: 3 reasons, 57275 exits\n");
}

TEST(TracedTest, EveryDifferenceIsShown) {
    const auto reasons = compare_golden(R"({"10":4793,"30":51570,"28":1,"48":912})");
    EXPECT_FALSE(all_agree(reasons));
    EXPECT_EQ(traced_text(model::InstructionSet::vmx, reasons),
              "the counters and the tracepoint kvm_exit differ:\n"
              "reason                                counted               traced           difference\n"
              "CPUID                                    4792                 4793                   +1\n"
              "CR_ACCESS                                   0                    1                   +1\n"
              "IO_INSTRUCTION                          51571                51570                   -1\n");
}

TEST(TracedTest, NoiseMayComeInLateButNotGetLost) {
    EXPECT_TRUE((TracedReason{1, 5, 6, true}.agrees()));
    EXPECT_TRUE((TracedReason{1, 5, 5, true}.agrees()));
    EXPECT_FALSE((TracedReason{1, 5, 4, true}.agrees()));
    EXPECT_FALSE((TracedReason{10, 5, 6, false}.agrees()));
    const auto reasons = compare_golden(R"({"1":3,"10":4792,"30":51571,"48":912})");
    EXPECT_EQ(traced_text(model::InstructionSet::vmx, reasons),
              "the counters and the tracepoint kvm_exit agree: 3 reasons, 57275 exits\n"
              "noise, which may come in after the last reading: EXTERNAL_INTERRUPT 0 counted, 3 traced\n");
}

TEST(TracedTest, WhatEndsTheGuestComesAfterTheLastReading) {
    auto result = golden_result("ept=1");
    result.terminal = report::Terminal{"triple_fault", {{2, 1}}};
    const auto traced =
        evidence::read_tracepoint(R"({"isa":"vmx","counts":{"2":1,"10":4792,"30":51571,"48":912}})", "k");
    EXPECT_TRUE(all_agree(compare_with_tracepoint(result, traced)));
    result.final_reading->after[2] = 1;
    EXPECT_TRUE(all_agree(compare_with_tracepoint(result, traced)));
}

TEST(TracedTest, WhatCannotBeComparedIsRefused) {
    auto result = golden_result("ept=1");
    EXPECT_EQ(problem_of(R"({"isa":"svm","counts":{}})"),
              "the result counts vmx exits, the tracepoint svm exits; they are of different runs");
    EXPECT_EQ(problem_of(R"({"isa":"kvm","counts":{}})"), "k.json.isa: vmx or svm expected, found \"kvm\"");
    EXPECT_EQ(problem_of(R"({"isa":"vmx","counts":{"35":1}})"),
              "k.json.counts.35: the manual defines no such exit reason of vmx");
    EXPECT_EQ(problem_of(R"({"isa":"vmx","counts":{"10":1.5}})"),
              "k.json.counts.10: unsigned integer of 64 bits expected, found 1.5");
    result.final_reading->exits[10] = UINT64_MAX;
    EXPECT_EQ(problem_of(R"({"isa":"vmx","counts":{}})", result),
              "CPUID: more exits than 64 bits hold; the result is of no use");
    result.final_reading.reset();
    EXPECT_EQ(problem_of(R"({"isa":"vmx","counts":{}})", result).find("the result has no last reading"), 0U);
}

}  // namespace
}  // namespace exitscope::command::compare
