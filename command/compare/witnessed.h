// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The counters compared with what another witness counted by itself.

#include <string>
#include <vector>

#include "evidence/witness.h"
#include "result/result.h"

namespace exitscope::command::compare {

/// The exits of one reason, counted by both.
struct WitnessedReason {
    model::ReasonNumber reason = 0;
    /// The last reading and what the guest knows to come after it.
    std::uint64_t counted = 0;
    std::uint64_t seen = 0;
    bool noise = false;

    /// Equal; for noise, which may still come in after the last reading, not less than counted.
    [[nodiscard]] bool agrees() const { return noise ? seen >= counted : seen == counted; }

    bool operator==(const WitnessedReason&) const = default;
};

/// Every reason that either counted, ascending. Throws InputError where the two cannot be compared: no last
/// reading, or another instruction set.
[[nodiscard]] std::vector<WitnessedReason> compare_with_witness(const result::Result& result,
                                                                const evidence::Witness& witness);

[[nodiscard]] bool all_agree(const std::vector<WitnessedReason>& reasons);

/// A table of the reasons that differ, or one line of agreement; noise apart.
[[nodiscard]] std::string witnessed_text(const evidence::Witness& witness,
                                         const std::vector<WitnessedReason>& reasons);

}  // namespace exitscope::command::compare
