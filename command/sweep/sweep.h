// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The catalogue with one thing changed at a time, in the lab: which parameter saves which exits
// (docs/sweep.md).

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "evidence/setting.h"
#include "model/verdict.h"

namespace exitscope::command::sweep {

struct SweepRequest {
    /// Empty: all that the kernel can be measured under.
    std::vector<evidence::Setting> settings{};
    /// The lab's L1 kernel; empty: the default one.
    std::string l1{};
    /// Names separated by commas, or `all`.
    std::string workloads{"all"};
    /// How often each operation is done; nothing: as often as the guest does by itself.
    std::optional<int> iterations{};
    /// The names of the changes to make, or of the modules whose parameters are changed; empty: all there
    /// are.
    std::vector<std::string> changes{};
    /// Another guest kernel; empty: the one built beside this command.
    std::filesystem::path guest{};
    std::filesystem::path out{"sweep"};
};

/// Measures, and prints what each change does. What `out` holds already is not measured again. Counts are
/// compared, not judged: an oracle knows KVM as it is by itself.
///
/// PASS: everything was tried. ERROR: a setting could not be measured even without a change, or the lab did
/// not come through. Throws InputError, StageFailed and Interrupted.
[[nodiscard]] model::Verdict sweep(const SweepRequest& request);

}  // namespace exitscope::command::sweep
