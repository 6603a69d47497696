// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "arch/cpu_features.h"

#include "arch/cpuid.h"

namespace exitscope::arch {

namespace {

/// A leaf above the highest returns another one's data, so it counts as empty.
model::CpuidResult cpuid_or_nothing(std::uint32_t leaf) {
    const std::uint32_t range = leaf & 0x8000'0000;
    return leaf <= cpuid(range, 0).eax ? cpuid(leaf, 0) : model::CpuidResult{};
}

}  // namespace

model::CpuFeatures read_cpu_features() {
    model::CpuFeatures features;
    const auto basic = cpuid_or_nothing(1);
    features.set(model::CpuidWord::leaf_1_ecx, basic.ecx);
    features.set(model::CpuidWord::leaf_1_edx, basic.edx);
    features.set(model::CpuidWord::leaf_7_ebx, cpuid_or_nothing(7).ebx);
    const auto extended = cpuid_or_nothing(0x8000'0001);
    features.set(model::CpuidWord::leaf_8000_0001_ecx, extended.ecx);
    features.set(model::CpuidWord::leaf_8000_0001_edx, extended.edx);
    features.set(model::CpuidWord::leaf_8000_000a_edx, cpuid_or_nothing(0x8000'000a).edx);
    return features;
}

}  // namespace exitscope::arch
