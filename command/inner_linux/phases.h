// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What an inner Linux says of its phases, as a report: each phase is a workload without an oracle.

#include <filesystem>

#include "report/report.h"

namespace exitscope::command::inner_linux {

/// What lab/inner/init prints as its last line.
inline constexpr std::string_view work_is_done = "exitscope: the work is done";

/// Reads a console's output, of any size. With `has_end` it has to hold that line; else it is complete if
/// exitstat printed anything. Sums that are not the totals, lines that are cut and lines of different
/// machines are damage. Throws InputError if the file cannot be read.
[[nodiscard]] report::Report read_phases(const std::filesystem::path& console, bool has_end);

}  // namespace exitscope::command::inner_linux
