// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Which setting a run really had: the mode is taken from evidence, never from what was asked for.

#include <optional>
#include <string>
#include <vector>

#include "host_evidence.h"
#include "report.h"
#include "setting.h"

namespace exitscope {

/// What one source says about the instruction set and the paging in force.
struct Claim {
    /// A clause such as `kvm_intel has ept=Y`.
    std::string text;
    InstructionSet isa = InstructionSet::unknown;
    Paging paging = Paging::unknown;

    /// Whether it leaves room for `setting`.
    [[nodiscard]] bool agrees_with(const Setting& setting) const;
};

/// The claims of the host, of the counters and of the counts, as far as they say anything.
[[nodiscard]] std::vector<Claim> claims_of(const Report& report, const std::optional<HostEvidence>& host);

/// What the counts alone show: each kind of paging of which an exit was seen that the other cannot cause.
[[nodiscard]] std::vector<Claim> claims_of_counts(const Report& report);

/// Why the run must not be called `asked`; empty where every source agrees that it may.
[[nodiscard]] std::string label_problem(const Setting& asked, const std::vector<Claim>& claims);

}  // namespace exitscope
