// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Whether a report agrees with itself. What does not is added to its `damage`.

#include <cstddef>
#include <string_view>

#include "report/report.h"

namespace exitscope::command::report {

/// Compares the plan line, the run record and the number of result lines.
void check_plan(Report& report, std::string_view plan, std::size_t results);

/// Compares totals with sums, verdicts with counts, and the end with all of them.
void check_report(Report& report);

}  // namespace exitscope::command::report
