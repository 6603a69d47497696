// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Runs of many workloads, one for each setting, in which everything is right: made-up ones, which hold
// everything that a report may hold, and recorded ones.

#include <string>
#include <string_view>

#include "evidence/host_evidence.h"
#include "report/report.h"
#include "result/judge.h"
#include "result/result.h"

namespace exitscope::command {

/// The serial log, firmware's text before the report included.
[[nodiscard]] std::string golden_log(std::string_view setting);

/// The same with a terminal workload, after which QEMU ends with status 0.
[[nodiscard]] std::string terminal_log(std::string_view setting);

/// tests/golden/NAME.serial, recorded in the lab.
[[nodiscard]] std::string recorded_log(std::string_view name);

/// The text of l1.json.
[[nodiscard]] std::string golden_host(std::string_view setting);

/// What fits to that log: the host's evidence and status 33.
[[nodiscard]] result::Circumstances golden_circumstances(std::string_view setting);

[[nodiscard]] result::Result golden_result(std::string_view setting);
[[nodiscard]] result::Result recorded_result(std::string_view setting);

/// The verdict of a log, all else being right.
[[nodiscard]] model::Verdict verdict_of_log(std::string_view log, std::string_view setting = "ept=1");

/// Replaces the only occurrence of `from` and gives every record its check sum anew.
[[nodiscard]] std::string changed(std::string log, std::string_view from, std::string_view to);

}  // namespace exitscope::command
