// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "compare/witnessed.h"

#include <gtest/gtest.h>

#include "evidence/tracepoint.h"
#include "golden.h"
#include "text/file.h"

namespace exitscope::command::compare {
namespace {

evidence::Witness tracepoint_of(const std::string& counts) {
    return evidence::read_tracepoint("{\"isa\":\"vmx\",\"counts\":" + counts + "}", "k.json");
}

std::vector<WitnessedReason> compare_golden(const std::string& counts) {
    return compare_with_witness(golden_result("ept=1"), tracepoint_of(counts));
}

std::string problem_of(const std::string& text, const result::Result& result = golden_result("ept=1")) {
    try {
        static_cast<void>(compare_with_witness(result, evidence::read_tracepoint(text, "k.json")));
        return "none";
    } catch (const text::InputError& problem) {
        return problem.what();
    }
}

TEST(WitnessedTest, LastReadingAndWhatFollowsItIsWhatWasTraced) {
    const auto reasons = compare_golden(R"({"10":4792,"30":51571,"48":912})");
    EXPECT_EQ(reasons, (std::vector<WitnessedReason>{
                           {10, 4792, 4792, false}, {30, 51571, 51571, false}, {48, 912, 912, false}}));
    EXPECT_TRUE(all_agree(reasons));
    EXPECT_EQ(witnessed_text(tracepoint_of("{}"), reasons),
              "the counters and the tracepoint kvm_exit agree: 3 reasons, 57275 exits\n");
}

TEST(WitnessedTest, EveryDifferenceIsShown) {
    const auto reasons = compare_golden(R"({"10":4793,"30":51570,"28":1,"48":912})");
    EXPECT_FALSE(all_agree(reasons));
    EXPECT_EQ(witnessed_text(tracepoint_of("{}"), reasons),
              "the counters and the tracepoint kvm_exit differ:\n"
              "reason                                counted                 seen           difference\n"
              "CPUID                                    4792                 4793                   +1\n"
              "CR_ACCESS                                   0                    1                   +1\n"
              "IO_INSTRUCTION                          51571                51570                   -1\n");
}

TEST(WitnessedTest, NoiseMayComeInLateButNotGetLost) {
    EXPECT_TRUE((WitnessedReason{1, 5, 6, true}.agrees()));
    EXPECT_TRUE((WitnessedReason{1, 5, 5, true}.agrees()));
    EXPECT_FALSE((WitnessedReason{1, 5, 4, true}.agrees()));
    EXPECT_FALSE((WitnessedReason{10, 5, 6, false}.agrees()));
    const auto reasons = compare_golden(R"({"1":3,"10":4792,"30":51571,"48":912})");
    EXPECT_EQ(witnessed_text(tracepoint_of("{}"), reasons),
              "the counters and the tracepoint kvm_exit agree: 3 reasons, 57275 exits\n"
              "noise, which may come in after the last reading: EXTERNAL_INTERRUPT 0 counted, 3 seen\n");
}

TEST(WitnessedTest, WhatEndsTheGuestComesAfterTheLastReading) {
    auto result = golden_result("ept=1");
    result.terminal = report::Terminal{"triple_fault", {{2, 1}}};
    result.qemu_status = 0;
    const auto seen =
        evidence::read_tracepoint(R"({"isa":"vmx","counts":{"2":1,"10":4792,"30":51571,"48":912}})", "k");
    EXPECT_TRUE(all_agree(compare_with_witness(result, seen)));
    result.final_reading->after[2] = 1;
    EXPECT_TRUE(all_agree(compare_with_witness(result, seen)));
}

TEST(WitnessedTest, WhoCannotEndQemuHaltsOnceAfterTheLastReading) {
    auto result = golden_result("ept=1");
    result.qemu_status = 0;
    EXPECT_TRUE(
        all_agree(compare_with_witness(result, tracepoint_of(R"({"10":4792,"12":1,"30":51571,"48":912})"))));
    EXPECT_FALSE(
        all_agree(compare_with_witness(result, tracepoint_of(R"({"10":4792,"30":51571,"48":912})"))));
}

// As the tracepoint prints them: VMX with bit 31, SVM's -1 to -4 as it has them in 32 and in 64 bits.
TEST(WitnessedTest, FailedEntriesCountAsTheirBasicReason) {
    const auto vmx = tracepoint_of(R"({"33":1,"2147483681":2,"10":4})");
    EXPECT_EQ(vmx.counts, (evidence::Counts{{33, 3}, {10, 4}}));
    EXPECT_EQ(vmx.failed_entries, 2U);
    EXPECT_NE(witnessed_text(vmx, {}).find("failed VM entries, which count as their basic reason: 2\n"),
              std::string::npos);
    const auto svm = evidence::read_tracepoint(
        R"({"isa":"svm","counts":{"0xffffffff":1,"0xfffffffffffffffc":2,"0xffff":4,"0x72":8}})", "k");
    EXPECT_EQ(svm.counts, (evidence::Counts{{0xffff, 5}, {0xfffc, 2}, {0x72, 8}}));
    EXPECT_EQ(svm.failed_entries, 7U);
    EXPECT_EQ(problem_of(R"({"isa":"vmx","counts":{"2147483683":1}})"),
              "k.json.counts.2147483683: the manual defines no such exit reason of vmx");
    EXPECT_EQ(problem_of(R"({"isa":"svm","counts":{"0xfffffff0":1}})"),
              "k.json.counts.0xfffffff0: the manual defines no such exit reason of svm");
    EXPECT_EQ(problem_of(R"({"isa":"vmx","counts":{"33":18446744073709551615,"2147483681":1}})"),
              "k.json.counts.2147483681: more exits than 64 bits hold");
}

TEST(WitnessedTest, WhatCannotBeComparedIsRefused) {
    auto result = golden_result("ept=1");
    EXPECT_EQ(problem_of(R"({"isa":"svm","counts":{}})"),
              "the result is of vmx, the tracepoint kvm_exit of svm; they are of different runs");
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
