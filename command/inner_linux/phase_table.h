// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Phases of an inner Linux against exit reasons, with two-dimensional and with shadow paging.

#include <string>
#include <vector>

#include "result/result.h"

namespace exitscope::command::inner_linux {

struct PhaseRow {
    std::string phase{};
    /// Nothing for the sum of the phase.
    std::optional<model::ReasonNumber> reason{};
    /// The host's interrupts and timers cause it, or tell KVM when it may inject one.
    bool noise = false;
    /// In the order of the results.
    std::vector<std::uint64_t> counts{};
};

struct PhaseTable {
    model::InstructionSet isa = model::InstructionSet::unknown;
    std::vector<std::string> settings{};
    /// The release of the kernel under KVM; empty where it is not known.
    std::string kernel{};
    /// In the order of the phases; of a phase all, then by reason, noise last.
    std::vector<PhaseRow> rows{};
};

/// Of one or two results of one instruction set; phases that only one of them has count 0 in the other.
[[nodiscard]] PhaseTable make_phase_table(const std::vector<result::Result>& results);

/// With `<`, `=` and `>` between two settings, and a sentence for each reason below it.
[[nodiscard]] std::string phase_table_text(const PhaseTable& table);
[[nodiscard]] std::string phase_table_markdown(const PhaseTable& table);

}  // namespace exitscope::command::inner_linux
