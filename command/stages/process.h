// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// A program that runs beside this one.

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace exitscope::command::stages {

struct ProgramCall {
    /// The program, looked up in PATH, and its arguments.
    std::vector<std::string> words;
    /// Where its standard output goes, made anew. Empty: where this process' own goes.
    std::filesystem::path output;
    /// Where its standard error goes; what is there stays. Empty: with the output,
    /// which then has a file.
    std::filesystem::path errors;
    /// With `errors` empty: its standard error goes where this process' own goes.
    bool own_errors = false;
    /// NAME=VALUE, beside what this process has.
    std::vector<std::string> environment{};
};

/// It leads a process group of its own, so that a Ctrl-C at the terminal reaches this program only, which
/// then decides what ends and in which order. Reads nothing: its standard input is /dev/null.
class Process {
public:
    /// Throws InputError if it cannot be started.
    explicit Process(const ProgramCall& call);
    /// Ends the group, if it still runs, and waits.
    ~Process();
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;
    Process(Process&& other) noexcept;
    Process& operator=(Process&&) = delete;

    /// The exit status as a shell has it, 128 + N for signal N; nothing while it runs.
    [[nodiscard]] std::optional<int> poll();
    [[nodiscard]] int wait();
    /// Sends a signal to the whole group, if it still runs.
    void signal(int number) const;

private:
    void take_status(int status);

    pid_t pid_ = -1;
    std::optional<int> status_{};
};

}  // namespace exitscope::command::stages
