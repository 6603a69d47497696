// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// How long steps took the last time, so that the next run can say what to expect.

#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace exitscope::command::stages {

class Durations {
public:
    /// A file that is missing or damaged is treated as an empty one: nothing is known.
    explicit Durations(std::filesystem::path file);

    /// Seconds; nothing where the step was never done.
    [[nodiscard]] std::optional<int> expected(const std::string& step) const;

    /// Written at once. Where that fails, the next run expects nothing; no error.
    void remember(const std::string& step, int seconds);

private:
    std::filesystem::path file_;
    std::map<std::string, int> seconds_;
};

}  // namespace exitscope::command::stages
