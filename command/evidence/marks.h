// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What exitscope-trace counted of a VM at each of its guest's marks (docs/trace.md).

#include <cstdint>
#include <string_view>
#include <vector>

#include "evidence/counts.h"

namespace exitscope::command::evidence {

/// The exits of the vCPU at one latching CPUID, which is counted in here.
struct Mark {
    std::uint64_t slot = 0;
    std::uint64_t total = 0;
    Counts exits{};

    bool operator==(const Mark&) const = default;
};

struct Marks {
    model::InstructionSet isa = model::InstructionSet::unknown;
    /// In their order; the first is number 1.
    std::vector<Mark> marks{};
    /// The exits of each vCPU at the end, by its number.
    std::map<std::uint64_t, Mark> finals{};

    bool operator==(const Marks&) const = default;
};

/// Reads the file's lines.
///
/// Errors: throws InputError for a file that is not whole (no last line), a mark or an exit that was lost, a
/// mark out of order, marks of two vCPUs, counts that contradict their total: such a file gives no number at
/// all.
[[nodiscard]] Marks read_marks(std::string_view text, std::string_view source);

/// The exits between mark `number` and the next; nothing where the two are not there, or are no window: they
/// latch slot 0, then 1.
struct MarkedWindow {
    std::uint64_t total = 0;
    Counts exits{};
};
[[nodiscard]] std::optional<MarkedWindow> window_at(const Marks& marks, std::uint64_t number);

}  // namespace exitscope::command::evidence
