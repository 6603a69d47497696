// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// A run whose exits were also counted from outside.

#include "measure/measured.h"
#include "result/result_folder.h"

namespace exitscope::command::measure {

/// Waits until what counted from outside has written all of `run.folder`/marks.jsonl: it ends after QEMU.
void wait_for_marks(const MeasuredRun& run);

/// Keeps the marks beside the result, compares every window and prints what came out.
///
/// FAIL: a window differs. ERROR: the marks are not whole, or there is nothing to compare. SKIP, the neutral
/// one, if all agree.
[[nodiscard]] model::Verdict compare_with_marks(const MeasuredRun& run, const result::Result& result,
                                                const result::ResultFolder& results);

}  // namespace exitscope::command::measure
