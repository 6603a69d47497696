// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// git, in one folder.

#include <filesystem>
#include <string>
#include <vector>

#include "stages/stages.h"

namespace exitscope::command::bisect {

struct GitAnswer {
    int status = 0;
    /// Standard output, without line breaks at its end.
    std::string output{};
    std::string errors{};
};

class Git {
public:
    Git(std::filesystem::path folder, std::filesystem::path work, stages::Stages& stages)
        : folder_{std::move(folder)}, work_{std::move(work)}, stages_{stages} {}

    /// Throws Interrupted.
    [[nodiscard]] GitAnswer ask(const std::vector<std::string>& words) const;
    /// Its output. Throws InputError, with what git said, if it fails.
    std::string require(const std::vector<std::string>& words) const;

private:
    std::filesystem::path folder_;
    std::filesystem::path work_;
    stages::Stages& stages_;
};

}  // namespace exitscope::command::bisect
