// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Which setting a run really had: the mode is taken from evidence, never from what was asked for.

#include <optional>
#include <string>
#include <vector>

#include "evidence/host_evidence.h"
#include "evidence/setting.h"
#include "report/report.h"

namespace exitscope::command::result {

/// What one source says about the instruction set and the paging in force.
struct Claim {
    /// A clause such as `kvm_intel has ept=Y`.
    std::string text;
    model::InstructionSet isa = model::InstructionSet::unknown;
    model::Paging paging = model::Paging::unknown;

    /// Whether a run of `setting` could show this.
    [[nodiscard]] bool agrees_with(const evidence::Setting& setting) const;
};

/// The claims of the host, of the counters and of the counts, as far as they say anything.
[[nodiscard]] std::vector<Claim> claims_of(const report::Report& report,
                                           const std::optional<evidence::HostEvidence>& host);

/// What the counts alone show: each kind of paging of which an exit was seen that the other cannot cause.
[[nodiscard]] std::vector<Claim> claims_of_counts(const report::Report& report);

/// Why the run must not be called `asked`; empty where every source agrees that it may.
[[nodiscard]] std::string label_problem(const evidence::Setting& asked, const std::vector<Claim>& claims);

}  // namespace exitscope::command::result
