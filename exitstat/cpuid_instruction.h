// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The CPUID instruction, for a program.

#include <cpuid.h>

#include "model/cpuid_result.h"

namespace exitscope::exitstat {

/// Exits: always, with reason CPUID, in a virtual machine.
[[nodiscard]] inline model::CpuidResult cpuid(std::uint32_t leaf, std::uint32_t subleaf) {
    model::CpuidResult result;
    __cpuid_count(leaf, subleaf, result.eax, result.ebx, result.ecx, result.edx);
    return result;
}

}  // namespace exitscope::exitstat
