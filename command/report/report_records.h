// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The report's records with their keys. All of these throw Malformed.

#include "report/record.h"
#include "report/report.h"

namespace exitscope::command::report {

/// A report of another version: what else it says cannot be read.
struct OtherVersion : Malformed {
    using Malformed::Malformed;
};

/// Throws OtherVersion too.
[[nodiscard]] RunInfo read_run(const Record& record);

/// The exact part of a workload; its window follows in a record of its own.
[[nodiscard]] WorkloadReport read_workload(const Record& record, model::InstructionSet isa);

[[nodiscard]] VaryingPart read_window(const Record& record, model::InstructionSet isa);

/// What a record of the guest's list says of a workload.
[[nodiscard]] Description read_description(const Record& record);

[[nodiscard]] Terminal read_terminal(const Record& record, model::InstructionSet isa);
[[nodiscard]] FinalReading read_final(const Record& record, model::InstructionSet isa);

/// The version of docs/report.md.
inline constexpr std::uint64_t report_version = 2;

/// The verdict of the run, from its end record.
[[nodiscard]] model::Verdict read_end(const Record& record);

/// The result line that belongs to a workload, the `number`th from 1.
[[nodiscard]] std::string result_line(std::size_t number, const WorkloadReport& workload);

}  // namespace exitscope::command::report
