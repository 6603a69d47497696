// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "evidence/reasons.h"

#include <gtest/gtest.h>

#include "evidence/counts.h"

namespace exitscope::command::evidence {
namespace {

constexpr auto vmx = model::InstructionSet::vmx;
constexpr auto svm = model::InstructionSet::svm;

TEST(ReasonsTest, NamesComeFromTheListInUpperCase) {
    EXPECT_EQ(display_name(vmx, 48), "EPT_VIOLATION");
    EXPECT_EQ(display_name(svm, 0x72), "CPUID");
    EXPECT_EQ(display_name(vmx, 35), "REASON 35");
}

TEST(ReasonsTest, EveryKeyIsReadBack) {
    for (const auto isa : {vmx, svm}) {
        for (const auto reason : model::reasons_of(isa))
            EXPECT_EQ(parse_reason(isa, reason_key(isa, reason)), reason);
    }
}

TEST(ReasonsTest, KeysAreSpelledInOneWayOnly) {
    EXPECT_EQ(parse_reason(svm, "0x4e"), 0x4e);
    EXPECT_EQ(parse_reason(vmx, "10"), 10);
    for (const auto* key : {"0x4E", "4e", "78", "0x04e", "0x", "", "0x4e "})
        EXPECT_EQ(parse_reason(svm, key), std::nullopt) << key;
    for (const auto* key : {"0xa", "010", "-1", "", "10 ", "35", "65546"})
        EXPECT_EQ(parse_reason(vmx, key), std::nullopt) << key;
    EXPECT_EQ(parse_reason(model::InstructionSet::unknown, "10"), std::nullopt);
}

TEST(ReasonsTest, NoiseIsWhatTheHostsInterruptsCause) {
    const auto noise_of = [](model::InstructionSet isa) {
        Counts noise;
        for (const auto reason : model::reasons_of(isa)) {
            if (is_noise(isa, reason))
                noise[reason] = 1;
        }
        return noise;
    };
    EXPECT_EQ(noise_of(vmx), (Counts{{1, 1}, {7, 1}, {52, 1}}));
    EXPECT_EQ(noise_of(svm), (Counts{{0x60, 1}, {0x61, 1}, {0x62, 1}, {0x64, 1}}));
}

TEST(CountsTest, AbsentIsZero) {
    EXPECT_TRUE(same_counts({{10, 0}}, {}));
    EXPECT_FALSE(same_counts({{10, 1}}, {}));
    EXPECT_EQ(differences(vmx, {{12, 100}, {32, 200}}, {{12, 99}, {32, 200}, {10, 1}}),
              "CPUID: expected 0, found 1; HLT: expected 100, found 99");
}

TEST(CountsTest, SumThatDoesNotFitIsNoSum) {
    EXPECT_EQ(sum_of({}), 0U);
    EXPECT_EQ(sum_of({{1, UINT64_MAX}}), UINT64_MAX);
    EXPECT_EQ(sum_of({{1, UINT64_MAX}, {2, 1}}), std::nullopt);
}

}  // namespace
}  // namespace exitscope::command::evidence
