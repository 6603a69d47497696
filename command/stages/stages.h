// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The long steps of a run: programs that work while this one shows for how long, and on what.

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "stages/durations.h"
#include "stages/process.h"
#include "stages/progress.h"

namespace exitscope::command::stages {

/// A step whose program failed; its message and log have been printed.
struct StageFailed {
    int status;
};

struct Stage {
    std::string name;
    /// Done side by side.
    std::vector<ProgramCall> commands;
    /// What its duration depends on besides the name.
    std::string extent{};
    /// Files whose last line tells how far it is; the newest wins. Empty: its log.
    std::vector<std::filesystem::path> news{};
    /// After so long its programs are killed, and their status is 124.
    std::optional<std::chrono::seconds> limit{};
    /// Not shown, unless it fails: too short, or what it prints is shown as it comes.
    bool quiet = false;
    /// Asked again and again: whole lines to tell before it is over; may be empty.
    std::function<std::string()> tell{};
};

/// A step that is one program.
struct Step {
    std::string name;
    std::vector<std::string> words;
};

class Stages {
public:
    /// Logs go to `logs`, files that only the step needs to `work`.
    Stages(std::filesystem::path logs, std::filesystem::path work, Durations durations);

    /// Returns each program's exit status. Throws Interrupted when all have ended after a signal.
    std::vector<int> run(const Stage& stage);
    /// The same, where each status has to be 0. Throws StageFailed, too.
    void require(const Stage& stage);
    /// One program; returns the last line of its standard output.
    std::string output_of(const std::string& name, std::vector<std::string> words);
    /// The same of several steps, done side by side; each is shown as over when it is. Where one fails, the
    /// others are ended.
    std::vector<std::string> outputs_of(const std::vector<Step>& steps);
    /// From now on a signal does not end what runs: for putting things back.
    void be_undisturbed() { undisturbed_ = true; }

    /// Since this object was made.
    [[nodiscard]] int seconds() const;
    [[nodiscard]] std::filesystem::path log_of(const std::string& name) const;
    [[nodiscard]] const std::filesystem::path& logs() const { return logs_; }
    /// `guest kernel 12 s, ept=1 5 s`
    [[nodiscard]] const std::string& times() const { return times_; }

private:
    struct Ended {
        std::vector<int> statuses;
        int seconds;
    };
    [[nodiscard]] Ended watch(const Stage& stage);
    void finish(const Stage& stage, int seconds);
    [[noreturn]] void fail(const std::string& step, int seconds, int status);
    /// Tells all of them that a signal asked for an end, once.
    void pass_on_interruption(std::span<Process> processes, bool& told) const;

    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
    std::filesystem::path logs_;
    std::filesystem::path work_;
    Durations durations_;
    Progress progress_;
    bool undisturbed_ = false;
    std::string times_{};
};

/// The last `count` lines of a file; empty where it cannot be read.
[[nodiscard]] std::string last_lines(const std::filesystem::path& file, std::size_t count);

}  // namespace exitscope::command::stages
