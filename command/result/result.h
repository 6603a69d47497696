// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The result of one run under one setting, as it is kept in a file (docs/result.md).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/host_evidence.h"
#include "report/report.h"
#include "result/judge.h"

namespace exitscope::command::result {

struct Result {
    std::string setting{};
    model::Verdict verdict = model::Verdict::error;
    std::vector<evidence::Problem> problems{};
    std::optional<report::RunInfo> run{};
    std::optional<evidence::HostEvidence> host{};
    /// `shadow`, `two-dimensional`, `silent` or `contradictory`: what the counts alone show.
    std::string paging_by_counts{};
    std::vector<report::WorkloadReport> workloads{};
    std::optional<report::FinalReading> final_reading{};
    std::optional<report::Terminal> terminal{};
    /// How often the host's tracepoint counted the terminal exits; nothing where it was off.
    std::optional<evidence::Counts> terminal_traced{};
    int qemu_status = 0;

    [[nodiscard]] model::InstructionSet isa() const {
        return run ? run->isa : model::InstructionSet::unknown;
    }

    bool operator==(const Result&) const = default;
};

/// The workload of that name; null where the run did not report it.
[[nodiscard]] const report::WorkloadReport* find_workload(const Result& result, std::string_view name);

[[nodiscard]] Result make_result(const report::Report& report, const Circumstances& circumstances);

/// The text of a result file.
[[nodiscard]] std::string write_result(const Result& result);

/// Reads a result file's text; `source` names it. Throws InputError for another format or version, a cut
/// file and wrong types.
[[nodiscard]] Result read_result(std::string_view text, std::string_view source);

inline constexpr std::string_view result_format = "exitscope-result";
inline constexpr std::uint64_t result_version = 2;

}  // namespace exitscope::command::result
