// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// A line of JSON that exitstat prints in a guest (exitstat/README.md).

#include <optional>
#include <string>
#include <string_view>

#include "evidence/counts.h"
#include "model/instruction_set.h"

namespace exitscope::command::inner_linux {

struct ExitstatLine {
    /// Its place among the lines; nothing where it was given none.
    std::optional<std::uint64_t> number{};
    /// Empty where it was given none.
    std::string name{};
    /// `exitscope`, a course patch's layout, or `trace`.
    std::string counters{};
    model::InstructionSet isa = model::InstructionSet::unknown;
    model::Paging paging = model::Paging::unknown;
    /// Since the VM was created; else of a piece of work.
    bool since_creation = false;
    std::uint64_t total = 0;
    evidence::Counts exits{};
    /// TSC ticks; empty where the counters do not give them.
    evidence::Counts cycles{};

    /// It only marked the moments, for who counts in the host: there are no counts.
    [[nodiscard]] bool outside() const { return counters == "trace"; }

    bool operator==(const ExitstatLine&) const = default;
};

/// What exitstat printed in a console's line; nothing where it printed nothing there. Other text may stand
/// before it. Throws InputError, which begins with `where`, for a line that is cut or mangled, and for a part
/// of one.
[[nodiscard]] std::optional<ExitstatLine> read_exitstat_line(std::string_view line, std::string_view where);

}  // namespace exitscope::command::inner_linux
