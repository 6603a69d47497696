// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The time-stamp counter.

#include <cstdint>

#include "model/cpuid_result.h"

namespace exitscope::arch {

/// TSC ticks. Exits: never; KVM sets neither RDTSC exiting nor the RDTSC intercept.
inline std::uint64_t read_time_stamp() {
    std::uint32_t low = 0;
    std::uint32_t high = 0;
    asm volatile("rdtsc" : "=a"(low), "=d"(high) : : "memory");
    return model::join(high, low);
}

}  // namespace exitscope::arch
