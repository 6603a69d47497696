// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What was counted from outside of each phase of an inner Linux (docs/trace.md).

#include <string_view>

#include "evidence/marks.h"

namespace exitscope::command::inner_linux {

/// The marks in the order of the phases. exitstat makes one of slot 0 for all that happened since the machine
/// was created; for a piece of work one of slot 0 and one of slot 1.
class MarkedPhases {
public:
    explicit MarkedPhases(const evidence::Marks& marks) : marks_{marks} {}

    [[nodiscard]] model::InstructionSet isa() const { return marks_.isa; }

    /// The exits of the next phase; of a piece of work without the CPUID that ended it. Throws InputError,
    /// which begins with `where`, if the next marks are not those of such a phase.
    [[nodiscard]] evidence::Counts next(bool since_creation, std::string_view where);

    /// Marks that no phase has taken.
    [[nodiscard]] std::size_t left() const { return marks_.marks.size() - taken_; }

private:
    const evidence::Marks& marks_;
    std::size_t taken_ = 0;
};

}  // namespace exitscope::command::inner_linux
