// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// A subcommand as its file describes it. CLI11 stays within this folder: its header takes 4 s in every unit
// that includes it.

#include <filesystem>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace exitscope::command::usage {

/// The exit code of wrong usage, of every command but `lab`.
inline constexpr int exit_code_of_wrong_usage = 2;

/// What no check of a single option can see, for example that two do not fit. The message names the option.
struct WrongUsage : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// An option, or a file name without one. Each function returns the option itself.
class Option {
public:
    explicit Option(CLI::Option& option) : option_{&option} {}

    Option required() const;

    /// Takes one of these words only.
    Option one_of(std::vector<std::string> words) const;

    /// Takes a number from `least` to `most` only.
    Option between(int least, int most) const;

    /// Takes the name of a file, of a folder, or of either, that is there.
    Option existing_file() const;
    Option existing_folder() const;
    Option existing_path() const;

    /// Refuses a value of which `problem` says what is wrong; it says nothing of one that is right.
    Option refuse(std::function<std::string(const std::string&)> problem) const;

    /// Refuses both together.
    Option excludes(const Option& other) const;

    /// Refuses it without the other one, without which it has no effect.
    Option needs(const Option& other) const;

    /// Takes one word each time it is given, where it would take all up to the next option.
    Option one_at_a_time() const;

private:
    CLI::Option* option_;
};

/// Where values go has to live as long as the command line.
class Command {
public:
    /// Once it has run, `exit_code` is its exit code.
    Command(CLI::App& app, int& exit_code) : app_{&app}, exit_code_{&exit_code} {}

    /// `name` is `--name`, `-n,--name`, or a word in capitals for a file name without an option.
    Option option(const std::string& name, std::string& value, const std::string& help) const;
    Option option(const std::string& name, int& value, const std::string& help) const;
    Option option(const std::string& name, std::filesystem::path& value, const std::string& help) const;
    Option option(const std::string& name, std::vector<std::string>& values, const std::string& help) const;

    /// True if it is given.
    Option flag(const std::string& name, bool& value, const std::string& help) const;

    /// What --help says below the options.
    void footer(const std::string& text) const;

    /// What the command does; it returns the exit code. It may throw WrongUsage.
    void action(std::function<int()> action) const;

private:
    CLI::App* app_;
    int* exit_code_;
};

}  // namespace exitscope::command::usage
