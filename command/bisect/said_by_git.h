// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What `git bisect good`, `bad` and `skip` print.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace exitscope::command::bisect {

struct SaidByGit {
    /// The commit that was searched for; empty as long as it is not found.
    std::string first_bad{};
    /// Those it may be, where what is left was skipped.
    std::vector<std::string> candidates{};
    /// How many steps are left, about; nothing where git does not say.
    std::optional<int> steps_left{};
};

/// Source: git's bisect.c and builtin/bisect.c; its words are not translated with LC_ALL=C.
[[nodiscard]] SaidByGit parse_said_by_git(std::string_view text);

}  // namespace exitscope::command::bisect
