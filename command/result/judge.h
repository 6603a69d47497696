// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The verdict of a run, from everything that is known about it.

#include <optional>
#include <string>
#include <vector>

#include "evidence/host_evidence.h"
#include "evidence/problem.h"
#include "evidence/setting.h"
#include "evidence/witness.h"
#include "report/report.h"

namespace exitscope::command::result {

/// What is known of a run besides its report.
struct Circumstances {
    evidence::Setting asked;
    /// The exit status of QEMU, or 124 from a timeout(1) around it.
    int qemu_status = 0;
    /// The guest ends by a reset or a power-off, so that status 0 is right.
    bool ends_by_itself = false;
    std::optional<evidence::HostEvidence> host{};
    /// What the host's kernel said of its own failure (host_log.h).
    std::vector<std::string> complaints{};
    /// What the host's tracepoint counted, where it was on.
    std::optional<evidence::Witness> tracepoint{};
};

struct Judgement {
    model::Verdict verdict = model::Verdict::error;
    /// Everything that is not a plain PASS, the worst first.
    std::vector<evidence::Problem> problems{};
};

/// The worst of the report's own verdict and the circumstances'; a damaged report is never PASS.
[[nodiscard]] Judgement judge(const report::Report& report, const Circumstances& circumstances);

}  // namespace exitscope::command::result
