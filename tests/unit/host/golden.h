// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Made-up runs of all workloads, one for each setting, in which everything is right.

#include <string>
#include <string_view>

#include "host_evidence.h"
#include "judge.h"
#include "report.h"
#include "result.h"

namespace exitscope::test {

/// The serial log, firmware's text before the report included.
[[nodiscard]] std::string golden_log(std::string_view setting);

/// The text of l1.json.
[[nodiscard]] std::string golden_host(std::string_view setting);

/// What fits to that log: the host's evidence and status 33.
[[nodiscard]] Circumstances golden_circumstances(std::string_view setting);

[[nodiscard]] Result golden_result(std::string_view setting);

/// The verdict of a log, all else being right.
[[nodiscard]] Verdict verdict_of_log(std::string_view log, std::string_view setting = "ept=1");

/// Replaces the only occurrence of `from` and seals every record anew.
[[nodiscard]] std::string changed(std::string log, std::string_view from, std::string_view to);

}  // namespace exitscope::test
