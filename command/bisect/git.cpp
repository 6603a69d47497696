// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "bisect/git.h"

#include <fmt/core.h>

#include "text/file.h"

namespace exitscope::command::bisect {

namespace {

std::string without_last_breaks(std::string text) {
    while (text.ends_with('\n'))
        text.pop_back();
    return text;
}

}  // namespace

GitAnswer Git::ask(const std::vector<std::string>& words) const {
    const auto output = work_ / "git.out";
    const auto errors = work_ / "git.err";
    text::write_file(errors, "");
    stages::ProgramCall call{
        .words = {"git", "-C", folder_}, .output = output, .errors = errors, .environment = {"LC_ALL=C"}};
    call.words.insert(call.words.end(), words.begin(), words.end());
    const auto status = stages_.run({.name = "git", .commands = {call}, .quiet = true}).front();
    return {.status = status,
            .output = without_last_breaks(text::read_file(output)),
            .errors = without_last_breaks(text::read_file(errors))};
}

std::string Git::require(const std::vector<std::string>& words) const {
    auto answer = ask(words);
    if (answer.status != 0)
        throw text::InputError(fmt::format("git {} in {}: {}", words.front(), folder_.string(),
                                           answer.errors.empty() ? answer.output : answer.errors));
    return std::move(answer.output);
}

}  // namespace exitscope::command::bisect
