// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "model/cpu_feature.h"

#include <gtest/gtest.h>

namespace exitscope::model {
namespace {

bool has(CpuidWord word, std::uint32_t value, CpuFeature feature) {
    CpuFeatures features;
    features.set(word, value);
    return features.has(feature);
}

TEST(CpuFeatures, NothingIsThereUntilCpuidSaysSo) {
    EXPECT_FALSE(CpuFeatures{}.has(CpuFeature::monitor));
    EXPECT_FALSE(CpuFeatures{}.has(CpuFeature::rdtscp));
}

TEST(CpuFeatures, EachIsItsOwnBitOfItsOwnWord) {
    EXPECT_TRUE(has(CpuidWord::leaf_1_ecx, 1U << 21, CpuFeature::x2apic));
    EXPECT_FALSE(has(CpuidWord::leaf_1_ecx, ~(1U << 21), CpuFeature::x2apic));
    EXPECT_FALSE(has(CpuidWord::leaf_1_edx, ~0U, CpuFeature::x2apic));
    EXPECT_TRUE(has(CpuidWord::leaf_7_ebx, 1U << 10, CpuFeature::invpcid));
    EXPECT_TRUE(has(CpuidWord::leaf_1_edx, 1U << 13, CpuFeature::global_pages));
    EXPECT_TRUE(has(CpuidWord::leaf_8000_0001_edx, 1U << 27, CpuFeature::rdtscp));
    EXPECT_TRUE(has(CpuidWord::leaf_1_ecx, 1U << 5, CpuFeature::vmx));
    EXPECT_TRUE(has(CpuidWord::leaf_8000_0001_ecx, 1U << 2, CpuFeature::svm));
    EXPECT_FALSE(has(CpuidWord::leaf_8000_0001_edx, ~0U, CpuFeature::svm));
    EXPECT_TRUE(has(CpuidWord::leaf_8000_000a_edx, 1U << 15, CpuFeature::virtual_vmload));
    EXPECT_TRUE(has(CpuidWord::leaf_8000_000a_edx, 1U << 16, CpuFeature::virtual_gif));
}

TEST(CpuFeatures, LaterWordReplacesTheEarlier) {
    CpuFeatures features;
    features.set(CpuidWord::leaf_1_ecx, ~0U);
    features.set(CpuidWord::leaf_1_ecx, 0);
    EXPECT_FALSE(features.has(CpuFeature::monitor));
}

}  // namespace
}  // namespace exitscope::model
