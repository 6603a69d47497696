// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Which commit changed what a workload costs: `git bisect` in a work tree of its own, where each commit's KVM
// is built and measured in the lab (docs/trace.md).

#include "bisect/request.h"
#include "model/verdict.h"

namespace exitscope::command::bisect {

/// Prints each step, and in the end the commit, its subject, and the count before and after.
///
/// PASS: it was found. ERROR: only commits that cannot be measured are left, which are listed. The checkout
/// is not touched. What was measured is kept until it is found: after an interruption the same call goes on.
/// Throws InputError for what cannot be bisected, StageFailed and Interrupted.
[[nodiscard]] model::Verdict bisect(const BisectRequest& request);

}  // namespace exitscope::command::bisect
