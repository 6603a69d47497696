// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// One measurement as a command does it: the plan, what it needs on disk, its steps with their progress, and
// where its results go.

#include <functional>

#include "measure/measured.h"
#include "text/held_folder.h"

namespace exitscope::command::measure {

class Session {
public:
    /// Plans, makes OUT/logs and holds OUT, and says on standard error what begins. From here on a signal
    /// ends the steps. Throws InputError for what cannot be done.
    explicit Session(const RunRequest& request);

    /// Says which results are still those of an earlier run, whatever ended this one.
    ~Session();

    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    Session(Session&&) = delete;
    Session& operator=(Session&&) = delete;

    [[nodiscard]] const Plan& plan() const { return plan_; }
    [[nodiscard]] const stages::RunPlaces& places() const { return places_; }
    [[nodiscard]] const std::filesystem::path& logs() const { return logs_; }
    [[nodiscard]] stages::Stages& stages() { return stages_; }
    [[nodiscard]] result::ResultFolder& results() { return results_; }

    /// Runs the image under each setting, with the program that counts from outside where that is wanted, and
    /// says how long everything took. Throws StageFailed and Interrupted.
    [[nodiscard]] Measured measure(lab::Image image);

private:
    static void add_tracer(lab::Image& image);
    [[nodiscard]] std::string revision();

    const RunRequest& request_;
    Plan plan_;
    stages::WorkFolder work_{};
    stages::RunPlaces places_;
    text::HeldFolder out_;
    std::filesystem::path logs_;
    stages::Stages stages_;
    result::ResultFolder results_;
};

/// Returns what `command` returns; where a step failed or a signal ended it, the exit code of that.
[[nodiscard]] int exit_code_of_steps(const std::function<int()>& command);

}  // namespace exitscope::command::measure
