// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What `exitscope bisect` is asked for.

#include <filesystem>
#include <string>

#include "evidence/setting.h"

namespace exitscope::command::bisect {

struct BisectRequest {
    /// A git checkout of Linux; only its repository is used, not its files.
    std::filesystem::path tree{};
    /// A commit with the count that is right, and one with another; anything that git takes for a commit.
    std::string good{};
    std::string bad{};
    std::string workload{};
    evidence::Setting setting = evidence::settings.front();
    /// Only the exits of this reason, spelled as result files do; empty: those of all reasons.
    std::string reason{};
    /// Another guest kernel; empty: the own one.
    std::filesystem::path guest{};
};

}  // namespace exitscope::command::bisect
