// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// A report whose exits were counted from outside gets its counts and its verdicts.

#include "evidence/marks.h"
#include "report/report.h"

namespace exitscope::command::result {

/// Fills in, by the marks, what the guest could not count, and judges each workload as the guest does where
/// it counts. What does not fit is added to the report's damage, and a canary that is wrong to its errors.
void fill_from_outside(report::Report& report, const evidence::Marks& marks);

}  // namespace exitscope::command::result
