// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// One measurement as a command does it: the plan, what it needs on disk, and its steps with their progress.

#include <functional>

#include "run/measured.h"

namespace exitscope {

class Session {
public:
    /// Plans, makes OUT/logs, and says on standard error what begins. From here on a signal ends the steps.
    /// Throws InputError for what cannot be done.
    explicit Session(const RunRequest& request);

    [[nodiscard]] const Plan& plan() const { return plan_; }
    [[nodiscard]] const RunPlaces& places() const { return places_; }
    [[nodiscard]] const std::filesystem::path& logs() const { return logs_; }
    [[nodiscard]] Stages& stages() { return stages_; }

    /// Runs the image under each setting and says how long everything took. Throws StageFailed and
    /// Interrupted.
    [[nodiscard]] Measured measure(const Image& image);

private:
    [[nodiscard]] std::string revision();

    const RunRequest& request_;
    Plan plan_;
    WorkFolder work_{};
    RunPlaces places_;
    std::filesystem::path logs_;
    Stages stages_;
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

/// Answers what `command` does; the exit code of a step that failed or of a signal, where one ended it.
[[nodiscard]] int exit_code_of_steps(const std::function<int()>& command);

}  // namespace exitscope
