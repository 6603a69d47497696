// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What a run leaves if its process is killed so that it cannot see it: kill -9, or no memory left.

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace exitscope::command::stages {

/// A process of its own that waits for the end of this one. If that comes before this object's, it ends the
/// programs that still run, does what it was told to, and removes the folder.
class Guard {
public:
    explicit Guard(const std::filesystem::path& folder);
    ~Guard();
    Guard(const Guard&) = delete;
    Guard& operator=(const Guard&) = delete;
    Guard(Guard&&) = delete;
    Guard& operator=(Guard&&) = delete;

    /// A process group has begun, or has ended; no effect without a guard.
    static void began(pid_t group);
    static void ended(pid_t group);

    /// What to do then: this program with these words, none of which holds a blank. No words: nothing.
    static void when_killed(const std::vector<std::string>& words);

private:
    pid_t process_ = -1;
};

}  // namespace exitscope::command::stages
