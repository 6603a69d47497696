// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Results side by side: a row for each workload, a column for each setting.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "result/result.h"

namespace exitscope::command::print {

/// One line of a cell: `100 CPUID`, `0`, or a verdict.
struct CellLine {
    std::optional<std::uint64_t> count;
    std::string text{};
    /// PASS where nothing is wrong with it.
    model::Verdict verdict = model::Verdict::pass;

    bool operator==(const CellLine&) const = default;
};

using Cell = std::vector<CellLine>;

struct Row {
    std::string name{};
    /// Empty where the results do not say.
    std::string group{};
    /// One for each column; empty where that run did not report the workload.
    std::vector<Cell> cells{};
};

struct Table {
    std::string heading{};
    std::vector<std::string> columns{};
    /// The workloads in the order in which the results report them, those of a group together.
    std::vector<Row> rows{};
    Row verdicts{};
    /// What is not PASS, each with its settings.
    std::vector<evidence::Problem> problems{};
    /// What was counted, but not judged.
    std::string noise{};
    /// What a reader of the table has to know besides.
    std::vector<std::string> notes{};
};

[[nodiscard]] Table make_table(std::span<const result::Result> results);

/// For a terminal; `colour` adds escape sequences.
[[nodiscard]] std::string table_text(const Table& table, bool colour);

/// For a README.
[[nodiscard]] std::string table_markdown(const Table& table);

/// For a terminal: the ticks of each workload of one result, as the guest and as the host saw them.
[[nodiscard]] std::string cycles_text(const result::Result& result);

}  // namespace exitscope::command::print
