// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// CPUID.

#include <cstdint>

#include "model/cpuid_result.h"

namespace exitscope::arch {

/// Executes CPUID once.
///
/// Exits: always, with reason CPUID; VMX offers no control that turns it off, and KVM always
/// intercepts it on SVM.
/// Errors: none; an unknown leaf returns the data KVM chooses for it.
/// Source: Intel SDM Vol. 3C, "Instructions That Cause VM Exits Unconditionally".
inline model::CpuidResult cpuid(std::uint32_t leaf, std::uint32_t subleaf) {
    model::CpuidResult result;
    asm volatile("cpuid"
                 : "=a"(result.eax), "=b"(result.ebx), "=c"(result.ecx), "=d"(result.edx)
                 : "a"(leaf), "c"(subleaf)
                 : "memory");
    return result;
}

}  // namespace exitscope::arch
