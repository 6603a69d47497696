// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Results as text, for people and for other tools. A format is a file of its own, and two lines here.

#include <array>
#include <span>
#include <string>
#include <string_view>

#include "result/result.h"

namespace exitscope::command::show {

using FormatWriter = std::string(const result::Result&);
/// Several results side by side, a column for each.
using SeveralWriter = std::string(std::span<const result::Result>);

/// For a terminal: the exits of the whole run by reason, as `perf kvm stat report` has them, and each
/// workload's.
FormatWriter result_text;
SeveralWriter results_text;

/// The same two tables for a README.
FormatWriter result_markdown;
SeveralWriter results_markdown;

/// `setting,workload,verdict,iterations,reason,exits,expected`, a line a reason, one with reason and counts
/// empty for a workload that has none.
FormatWriter result_csv;

/// A test suite with a test case for each workload, and one for the run itself where that is not PASS.
///
/// Source: the JUnit XML that CI servers read; llg.cubic.org/docs/junit.
FormatWriter result_junit;

/// KTAP version 1, without the records of the guest's own report.
FormatWriter result_ktap;

/// Stacks for flame graphs: `setting;workload;REASON count`.
FormatWriter result_folded;

struct Format {
    /// What is typed after --format.
    std::string_view name;
    /// What --help says in brackets after the name; may be empty.
    std::string_view remark;
    FormatWriter* write;
    /// Null for what is of one result only.
    SeveralWriter* write_several = nullptr;
};

/// The default first, and what shows several results before what does not.
inline constexpr auto formats = std::to_array<Format>({
    {"table", "default", result_text, results_text},
    {"markdown", "", result_markdown, results_markdown},
    {"csv", "", result_csv},
    {"json", "the result file itself, checked", result::write_result},
    {"junit", "a test for each workload", result_junit},
    {"ktap", "the same", result_ktap},
    {"folded", "stacks for a flame graph", result_folded},
});

}  // namespace exitscope::command::show
