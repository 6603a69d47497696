// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "compare/witness.h"

#include <gtest/gtest.h>

#include "golden.h"
#include "text/file.h"

namespace exitscope::command::compare {
namespace {

std::vector<Testimony> compare_golden(const std::string& counts) {
    return compare(golden_result("ept=1"),
                   evidence::read_tracepoint("{\"isa\":\"vmx\",\"counts\":" + counts + "}", "k.json"));
}

std::string problem_of(const std::string& text, const result::Result& result = golden_result("ept=1")) {
    try {
        static_cast<void>(compare(result, evidence::read_tracepoint(text, "k.json")));
        return "none";
    } catch (const text::InputError& problem) {
        return problem.what();
    }
}

TEST(WitnessTest, LastReadingAndWhatFollowsItIsWhatWasTraced) {
    const auto testimonies = compare_golden(R"({"10":4792,"30":51571,"48":912})");
    EXPECT_EQ(testimonies, (std::vector<Testimony>{
                               {10, 4792, 4792, false}, {30, 51571, 51571, false}, {48, 912, 912, false}}));
    EXPECT_TRUE(all_agree(testimonies));
    EXPECT_EQ(witness_text(model::InstructionSet::vmx, testimonies),
              "the counters and the tracepoint kvm_exit agree: 3 reasons, 57275 exits\n");
}

TEST(WitnessTest, EveryDifferenceIsShown) {
    const auto testimonies = compare_golden(R"({"10":4793,"30":51570,"28":1,"48":912})");
    EXPECT_FALSE(all_agree(testimonies));
    EXPECT_EQ(witness_text(model::InstructionSet::vmx, testimonies),
              "the counters and the tracepoint kvm_exit differ:\n"
              "reason                                counted               traced           difference\n"
              "CPUID                                    4792                 4793                   +1\n"
              "CR_ACCESS                                   0                    1                   +1\n"
              "IO_INSTRUCTION                          51571                51570                   -1\n");
}

TEST(WitnessTest, NoiseMayComeInLateButNotGetLost) {
    EXPECT_TRUE((Testimony{1, 5, 6, true}.agrees()));
    EXPECT_TRUE((Testimony{1, 5, 5, true}.agrees()));
    EXPECT_FALSE((Testimony{1, 5, 4, true}.agrees()));
    EXPECT_FALSE((Testimony{10, 5, 6, false}.agrees()));
    const auto testimonies = compare_golden(R"({"1":3,"10":4792,"30":51571,"48":912})");
    EXPECT_EQ(witness_text(model::InstructionSet::vmx, testimonies),
              "the counters and the tracepoint kvm_exit agree: 3 reasons, 57275 exits\n"
              "noise, which may come in after the last reading: EXTERNAL_INTERRUPT 0 counted, 3 traced\n");
}

TEST(WitnessTest, WhatEndsTheGuestComesAfterTheLastReading) {
    auto result = golden_result("ept=1");
    result.terminal = report::Terminal{"triple_fault", {{2, 1}}};
    const auto traced =
        evidence::read_tracepoint(R"({"isa":"vmx","counts":{"2":1,"10":4792,"30":51571,"48":912}})", "k");
    EXPECT_TRUE(all_agree(compare(result, traced)));
    result.final_reading->after[2] = 1;
    EXPECT_TRUE(all_agree(compare(result, traced)));
}

TEST(WitnessTest, WhatCannotBeComparedIsRefused) {
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
