// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// One result as text, for people and for other tools.

#include <string>

#include "result/result.h"

namespace exitscope::command::show {

/// For a terminal: the exits of the whole run by reason, as `perf kvm stat report` has them, and each
/// workload's.
[[nodiscard]] std::string result_text(const result::Result& result);

/// The same two tables for a README.
[[nodiscard]] std::string result_markdown(const result::Result& result);

/// `setting,workload,verdict,iterations,reason,exits,expected`, a line a reason, one with reason and counts
/// empty for a workload that has none.
[[nodiscard]] std::string result_csv(const result::Result& result);

/// A test suite with a test case for each workload, and one for the run itself where that is not PASS.
///
/// Source: the JUnit XML that CI servers read; llg.cubic.org/docs/junit.
[[nodiscard]] std::string result_junit(const result::Result& result);

/// KTAP version 1, without the records of the guest's own report.
[[nodiscard]] std::string result_ktap(const result::Result& result);

/// Stacks for flame graphs: `setting;workload;REASON count`.
[[nodiscard]] std::string result_folded(const result::Result& result);

}  // namespace exitscope::command::show
