// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What an inner Linux says of its phases, as a report: each phase is a workload without an oracle.

#include <filesystem>

#include "evidence/marks.h"
#include "report/report.h"

namespace exitscope::command::inner_linux {

/// What lab/inner/init prints as its last line, and behind it, after a colon, the
/// phases' names.
inline constexpr std::string_view work_is_done = "exitscope: the work is done";

/// What else is known of a run.
struct PhaseSources {
    /// A complete console holds `work_is_done` with the names; else anything that exitstat printed is enough.
    bool has_end = true;
    /// What the machine was booted under; exitstat knows it where the counters say it.
    model::Paging paging = model::Paging::unknown;
    /// What was counted from outside; null: nothing was.
    const evidence::Marks* marks = nullptr;
};

/// Reads a console's output, of any size. Sums that are not the totals, lines that are cut or mangled, phases
/// that are missing by their number or by the last line, lines of different machines and marks that do not
/// belong to the phases are damage. What the Linux says of it on its console is quoted then. Where both the
/// guest's counters and the marks hold a phase, and differ, it is FAIL. Throws InputError if the file cannot
/// be read.
[[nodiscard]] report::Report read_phases(const std::filesystem::path& console, const PhaseSources& sources);

}  // namespace exitscope::command::inner_linux
