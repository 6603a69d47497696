// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What the workload costs at one commit, by `exitscope run --tree`.

#include <chrono>

#include "bisect/git.h"
#include "bisect/judge.h"

namespace exitscope::command::bisect {

struct MeasuredCommit {
    /// Nothing where the commit does not build, or its KVM gives no exact count.
    std::optional<evidence::Counts> counts{};
    /// Why not.
    std::string problem{};
};

class CommitMeasurer {
public:
    /// `tree` is the work tree, `results` keeps what was measured, a folder for each commit.
    CommitMeasurer(const BisectRequest& request, std::filesystem::path tree, std::filesystem::path results,
                   stages::Stages& stages)
        : request_{request}, tree_{std::move(tree)}, results_{std::move(results)}, stages_{stages} {}

    /// Whether it was measured, in this call or in one that was interrupted.
    [[nodiscard]] bool is_known(const std::string& id) const;

    /// Measures what is checked out as commit `id`, unless it is known. Throws Interrupted, and InputError if
    /// the reason asked for is none.
    [[nodiscard]] MeasuredCommit measure(const std::string& id, const std::string& name,
                                         std::optional<int> steps_left = {});

    /// Those measured by this call, and the time each took.
    [[nodiscard]] int done() const { return done_; }
    [[nodiscard]] int seconds_each() const { return done_ == 0 ? 0 : seconds_ / done_; }

private:
    void run(const std::filesystem::path& out, const std::string& name, std::optional<int> steps_left);
    [[nodiscard]] MeasuredCommit read(const std::filesystem::path& out) const;

    const BisectRequest& request_;
    std::filesystem::path tree_;
    std::filesystem::path results_;
    stages::Stages& stages_;
    int done_ = 0;
    int seconds_ = 0;
};

}  // namespace exitscope::command::bisect
