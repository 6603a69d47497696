// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Programs that load-kvm asks or has change something, kmod's most of all. Each is waited for, whatever
// signals come; a signal from the terminal does not reach it. All throw InputError if a program cannot be
// started.

#include <filesystem>
#include <string>
#include <vector>

namespace exitscope::command::load_kvm {

struct Ran {
    /// The exit status as a shell has it.
    int status = 0;
    /// What was printed, without the line breaks at its end.
    std::string output;
};

/// Its output and errors go where this process' own go.
[[nodiscard]] int run_program(std::vector<std::string> words);

/// Catches its output; its errors go where this process' own go.
[[nodiscard]] Ran ask_program(std::vector<std::string> words);

/// Catches output and errors.
[[nodiscard]] Ran try_program(std::vector<std::string> words);

/// As ask_program, but a signal ends it, with all that it has started: throws stages::Interrupted then.
[[nodiscard]] Ran ask_long_program(std::vector<std::string> words);

/// Writes its output to a file.
[[nodiscard]] int run_program_into(const std::filesystem::path& file, std::vector<std::string> words);

/// As run_program, for a step of a change. Throws Failure if it fails, and stages::Interrupted if it does
/// not but a signal has come until its end.
void do_step(std::vector<std::string> words);

/// Throws stages::Interrupted if a signal has come.
void stop_if_interrupted();

}  // namespace exitscope::command::load_kvm
