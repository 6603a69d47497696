// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What one result begins with, in a line.

#include <string>

#include "result/result.h"

namespace exitscope::command::print {

/// The cells of the first three workloads, as `cpuid 100 CPUID, rdtsc 0, hlt 100 HLT + 200 MSR_WRITE and 23
/// more`.
[[nodiscard]] std::string first_counts(const result::Result& result);

}  // namespace exitscope::command::print
