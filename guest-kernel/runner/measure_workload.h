// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// One workload: both its windows, and the verdict.

#include <cstdint>

#include "meter/exit_meter.h"
#include "model/subject.h"
#include "report/report_writer.h"
#include "workloads/workload.h"

namespace exitscope::runner {

/// Measures a workload and judges it; where the exits are counted from outside, the verdict is SKIP and left
/// to the host, with the marks of the windows. `message` is what the outcome's message stands in. The
/// outcome's windows are valid until the next call.
[[nodiscard]] report::Outcome measure_workload(const workloads::Workload& workload,
                                               const model::Subject& subject, std::uint64_t iterations,
                                               meter::ExitMeter& meter, report::TextWriter& message);

}  // namespace exitscope::runner
