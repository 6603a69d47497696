// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "bisect/said_by_git.h"

#include <sstream>

#include "text/number.h"

namespace exitscope::command::bisect {

namespace {

bool is_commit(std::string_view word) {
    constexpr std::size_t sha1_digits = 40;
    return word.size() >= sha1_digits && word.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

/// Of `(roughly 3 steps)`.
std::optional<int> steps_in(const std::string& line) {
    constexpr std::string_view before = "(roughly ";
    const auto at = line.find(before);
    if (at == std::string::npos)
        return std::nullopt;
    const auto digits =
        line.substr(at + before.size(), line.find(' ', at + before.size()) - at - before.size());
    const auto number = text::parse_decimal(digits);
    return number ? std::optional<int>{static_cast<int>(*number)} : std::nullopt;
}

}  // namespace

SaidByGit parse_said_by_git(std::string_view text) {
    SaidByGit said;
    bool lists_candidates = false;
    std::istringstream lines{std::string{text}};
    for (std::string line; std::getline(lines, line);) {
        const auto word = line.substr(0, line.find(' '));
        if (line.starts_with("There are only 'skip'ped commits left to test."))
            lists_candidates = true;
        else if (is_commit(word) && line.ends_with(" is the first bad commit"))
            said.first_bad = word;
        else if (lists_candidates && is_commit(word) && word.size() == line.size())
            said.candidates.push_back(word);
        else if (const auto steps = steps_in(line))
            said.steps_left = steps;
    }
    return said;
}

}  // namespace exitscope::command::bisect
