// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Each window of a result compared with what was counted from outside between the same marks.

#include <string>
#include <vector>

#include "evidence/marks.h"
#include "result/result.h"

namespace exitscope::command::compare {

/// One window that both counted; all exits are in it, noise and the meter's own CPUIDs included.
struct ComparedWindow {
    std::string workload;
    /// The steps in it: N, or 2N.
    std::uint64_t iterations = 0;
    std::uint64_t mark = 0;
    evidence::Counts counted{};
    /// Nothing where no window begins at that mark.
    std::optional<evidence::Counts> seen{};

    [[nodiscard]] bool agrees() const { return seen && evidence::same_counts(counted, *seen); }
};

/// Every window of the result, in its order. Throws InputError where the two cannot be compared: another
/// instruction set, or a result without marks.
[[nodiscard]] std::vector<ComparedWindow> compare_windows(const result::Result& result,
                                                          const evidence::Marks& marks);

/// A line for each window that differs, or one of agreement.
[[nodiscard]] std::string compared_windows_text(model::InstructionSet isa,
                                                const std::vector<ComparedWindow>& windows);

}  // namespace exitscope::command::compare
