// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What CPUID returns in the four registers, and the function that executes it.

#include <cstdint>

namespace exitscope::model {

struct CpuidResult {
    std::uint32_t eax = 0;
    std::uint32_t ebx = 0;
    std::uint32_t ecx = 0;
    std::uint32_t edx = 0;

    friend constexpr bool operator==(const CpuidResult&, const CpuidResult&) = default;
};

/// Executes CPUID; the real one is `arch::cpuid`, tests bring their own.
using CpuidFunction = CpuidResult (*)(std::uint32_t leaf, std::uint32_t subleaf);

/// The 64-bit number whose halves CPUID returns in two registers.
[[nodiscard]] constexpr std::uint64_t join(std::uint32_t high, std::uint32_t low) {
    return (std::uint64_t{high} << 32) | low;
}

}  // namespace exitscope::model
