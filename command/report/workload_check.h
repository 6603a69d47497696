// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Whether what is reported of one workload agrees with itself.

#include <string>
#include <vector>

#include "report/report.h"

namespace exitscope::command::report {

/// Where the counts are not what the oracle expects, as `HLT: expected 100, found 99; ...`; empty where all
/// are right.
[[nodiscard]] std::string wrong_counts(model::InstructionSet isa, const WorkloadReport& workload);

/// What contradicts itself: totals and sums, verdict and counts, counts and price, the order of the ticks.
[[nodiscard]] std::vector<std::string> contradictions(const WorkloadReport& workload, const RunInfo& run);

}  // namespace exitscope::command::report
