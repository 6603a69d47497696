// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// One result as text, for people and for other tools.

#include <string>

#include "result.h"

namespace exitscope {

/// For a terminal: the exits of the whole run by reason, as `perf kvm stat report` has them, and each
/// workload's.
[[nodiscard]] std::string result_text(const Result& result);

/// The same two tables for a README.
[[nodiscard]] std::string result_markdown(const Result& result);

/// `setting,workload,verdict,iterations,reason,exits,expected`, a line a reason, one with reason and counts
/// empty for a workload that has none.
[[nodiscard]] std::string result_csv(const Result& result);

/// A test suite with a test case for each workload, and one for the run itself where that is not PASS.
///
/// Source: the JUnit XML that CI servers read; llg.cubic.org/docs/junit.
[[nodiscard]] std::string result_junit(const Result& result);

/// KTAP version 1, without the records of the guest's own report.
[[nodiscard]] std::string result_ktap(const Result& result);

/// Stacks for flame graphs: `setting;workload;REASON count`.
[[nodiscard]] std::string result_folded(const Result& result);

}  // namespace exitscope
