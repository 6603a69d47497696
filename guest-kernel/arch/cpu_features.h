// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Reads the processor's features.

#include "model/cpu_feature.h"

namespace exitscope::arch {

/// Exits: CPUID, some; to be called outside a window.
[[nodiscard]] model::CpuFeatures read_cpu_features();

}  // namespace exitscope::arch
