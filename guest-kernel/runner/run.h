// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The whole run: find the counters, check the canaries, measure, report.

#include <string_view>

#include "model/verdict.h"
#include "report/report_writer.h"

namespace exitscope::runner {

/// How the machine is to end after the report.
struct Ending {
    model::Verdict verdict = model::Verdict::error;
    bool triple_fault = false;
};

/// Runs what the command line asks for and prints the whole report.
///
/// Needs console, interrupts and page pool started.
Ending run_workloads(report::ReportWriter& report, std::string_view command_line);

/// Reports why the run cannot go on, and ends the report.
void abandon(report::ReportWriter& report, std::string_view message);

}  // namespace exitscope::runner
