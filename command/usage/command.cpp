// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "usage/command.h"

#include <CLI/CLI.hpp>

namespace exitscope::command::usage {

Option Option::required() const {
    option_->required();
    return *this;
}

Option Option::one_of(std::vector<std::string> words) const {
    option_->check(CLI::IsMember(std::move(words)));
    return *this;
}

Option Option::between(int least, int most) const {
    option_->check(CLI::Range(least, most));
    return *this;
}

Option Option::existing_file() const {
    option_->check(CLI::ExistingFile);
    return *this;
}

Option Option::existing_folder() const {
    option_->check(CLI::ExistingDirectory);
    return *this;
}

Option Option::existing_path() const {
    option_->check(CLI::ExistingPath);
    return *this;
}

Option Option::refuse(std::function<std::string(const std::string&)> problem) const {
    option_->check(std::move(problem));
    return *this;
}

Option Option::excludes(const Option& other) const {
    option_->excludes(other.option_);
    return *this;
}

Option Option::needs(const Option& other) const {
    option_->needs(other.option_);
    return *this;
}

Option Option::one_at_a_time() const {
    option_->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    return *this;
}

Option Command::option(const std::string& name, std::string& value, const std::string& help) const {
    return Option{*app_->add_option(name, value, help)};
}

Option Command::option(const std::string& name, int& value, const std::string& help) const {
    return Option{*app_->add_option(name, value, help)};
}

Option Command::option(const std::string& name, std::filesystem::path& value, const std::string& help) const {
    return Option{*app_->add_option(name, value, help)};
}

Option Command::option(const std::string& name, std::vector<std::string>& values,
                       const std::string& help) const {
    return Option{*app_->add_option(name, values, help)};
}

Option Command::flag(const std::string& name, bool& value, const std::string& help) const {
    return Option{*app_->add_flag(name, value, help)};
}

void Command::footer(const std::string& text) const {
    app_->footer(text);
}

void Command::action(std::function<int()> action) const {
    app_->callback([action = std::move(action), exit_code = exit_code_] {
        try {
            *exit_code = action();
        } catch (const WrongUsage& problem) {
            throw CLI::ValidationError(problem.what());
        }
    });
}

}  // namespace exitscope::command::usage
