// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What CPUID says that the processor has, as far as a workload asks.

#include <array>
#include <cstddef>
#include <cstdint>

namespace exitscope::model {

/// The registers of CPUID that hold the features below.
enum class CpuidWord : std::uint8_t {
    leaf_1_ecx,
    leaf_1_edx,
    leaf_7_ebx,
    leaf_8000_0001_ecx,
    leaf_8000_0001_edx,
    leaf_8000_000a_edx,
    count,
};

[[nodiscard]] constexpr std::uint16_t feature_bit(CpuidWord word, unsigned bit) {
    return static_cast<std::uint16_t>(static_cast<unsigned>(word) << 8 | bit);
}

/// Source: Intel SDM Vol. 2, "CPUID"; AMD APM vol. 3, appendix "Obtaining Processor Information Via the
/// CPUID Instruction".
enum class CpuFeature : std::uint16_t {
    monitor = feature_bit(CpuidWord::leaf_1_ecx, 3),
    vmx = feature_bit(CpuidWord::leaf_1_ecx, 5),
    x2apic = feature_bit(CpuidWord::leaf_1_ecx, 21),
    tsc_deadline = feature_bit(CpuidWord::leaf_1_ecx, 24),
    xsave = feature_bit(CpuidWord::leaf_1_ecx, 26),
    rdrand = feature_bit(CpuidWord::leaf_1_ecx, 30),
    vme = feature_bit(CpuidWord::leaf_1_edx, 1),
    global_pages = feature_bit(CpuidWord::leaf_1_edx, 13),
    tsc_adjust = feature_bit(CpuidWord::leaf_7_ebx, 1),
    invpcid = feature_bit(CpuidWord::leaf_7_ebx, 10),
    rdseed = feature_bit(CpuidWord::leaf_7_ebx, 18),
    svm = feature_bit(CpuidWord::leaf_8000_0001_ecx, 2),
    rdtscp = feature_bit(CpuidWord::leaf_8000_0001_edx, 27),
    virtual_vmload = feature_bit(CpuidWord::leaf_8000_000a_edx, 15),  ///< Of VMLOAD and VMSAVE.
    virtual_gif = feature_bit(CpuidWord::leaf_8000_000a_edx, 16),
};

class CpuFeatures {
public:
    constexpr void set(CpuidWord word, std::uint32_t value) {
        words_[static_cast<std::size_t>(word)] = value;
    }

    [[nodiscard]] constexpr bool has(CpuFeature feature) const {
        const auto code = static_cast<unsigned>(feature);
        return (words_[code >> 8] >> (code & 0xff) & 1U) != 0;
    }

private:
    std::array<std::uint32_t, static_cast<std::size_t>(CpuidWord::count)> words_{};
};

}  // namespace exitscope::model
