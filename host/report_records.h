// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The report's records with their keys. All of these throw Malformed.

#include "record.h"
#include "report.h"

namespace exitscope {

[[nodiscard]] RunInfo read_run(const Record& record);

/// The exact part of a workload; its window follows in a record of its own.
[[nodiscard]] WorkloadReport read_workload(const Record& record, InstructionSet isa);

[[nodiscard]] Window read_window(const Record& record, InstructionSet isa);
[[nodiscard]] FinalReading read_final(const Record& record, InstructionSet isa);

/// The verdict of the run, from its end record.
[[nodiscard]] Verdict read_end(const Record& record);

/// The result line that belongs to a workload, the `number`th from 1.
[[nodiscard]] std::string result_line(std::size_t number, const WorkloadReport& workload);

}  // namespace exitscope
