// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Whether a result still has the exact counts of a baseline.

#include <string>
#include <vector>

#include "result/result.h"

namespace exitscope::command::compare {

struct GateFindings {
    /// Each is a change that a gate has to stop: a count, a verdict, a workload that is gone.
    std::vector<std::string> changes{};
    /// What is worth knowing and stops nothing: new workloads, another kernel.
    std::vector<std::string> notes{};
    /// How many workloads were compared.
    std::size_t compared = 0;
};

/// Holds `result` against `baseline`. Throws InputError where they are of different settings.
[[nodiscard]] GateFindings gate(const result::Result& baseline, const result::Result& result);

}  // namespace exitscope::command::compare
