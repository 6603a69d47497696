// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What each change does, in words.

#include <string>
#include <vector>

#include "compare/comparison.h"
#include "sweep/change.h"

namespace exitscope::command::sweep {

/// What became of a change under one setting.
struct Effect {
    std::string setting{};
    /// Nothing where it could not be measured.
    std::optional<compare::Comparison> comparison{};
    /// Why not.
    std::string refusal{};
};

struct ChangeEffects {
    Change change{};
    std::vector<Effect> effects{};
};

/// A workload's exits with the change less those without, as `-100 INVLPG, +100 CR_ACCESS`; where it was not
/// measured with or without, its verdicts. Empty where nothing differs.
[[nodiscard]] std::string difference_text(const compare::WorkloadPair& pair);

/// First the changes that do something, workload by workload; then the names of those that do nothing, and
/// those that could not be made.
[[nodiscard]] std::string sweep_text(const std::vector<ChangeEffects>& changes);

}  // namespace exitscope::command::sweep
