// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Results as one self-contained HTML page: no script, no network, readable in print and by screen readers.

#include <span>
#include <string>
#include <vector>

#include "result/result.h"

namespace exitscope::command::page {

/// A result under a title that no other one has.
struct Column {
    const result::Result& result;
    /// `ept=1`, or `ept=1 on 6.12.9` where the results' kernels differ.
    std::string title;
};

/// Throws InputError for two results that would have the same title.
[[nodiscard]] std::vector<Column> columns_of(std::span<const result::Result> results);

/// At least one result. The same results give the same bytes.
[[nodiscard]] std::string html(std::span<const result::Result> results);

// Its sections.

/// A card for each result: verdict, paging, how many workloads passed.
[[nodiscard]] std::string summary_section(std::span<const Column> columns);
/// Workloads against results: the exact exits by reason.
[[nodiscard]] std::string table_section(std::span<const Column> columns,
                                        std::span<const result::Result> results);
/// For each workload a bar a result, stacked by reason, of the exits of one operation.
[[nodiscard]] std::string chart_section(std::span<const Column> columns);
/// For each result workloads against reasons.
[[nodiscard]] std::string heat_map_section(std::span<const Column> columns);
/// Where each result comes from.
[[nodiscard]] std::string provenance_section(std::span<const Column> columns);

}  // namespace exitscope::command::page
