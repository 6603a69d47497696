// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "inner_linux/phase_numbers.h"

#include <fmt/core.h>

#include <sstream>

#include "text/file.h"
#include "text/printable.h"

namespace exitscope::command::inner_linux {

void PhaseNumbers::take(std::optional<std::uint64_t> number, std::string_view name, std::string_view where) {
    if (!number)
        return;
    if (*number <= last_)
        throw text::InputError(
            fmt::format("{}: phase {} comes after phase {}: a line stands twice, or the Linux began again",
                        where, *number, last_));
    if (*number != last_ + 1)
        gaps_.push_back({last_ + 1, *number - 1, last_name_, std::string{name}});
    last_ = *number;
    last_name_ = name;
}

void PhaseNumbers::expect(std::string_view names) {
    expected_.clear();
    if (names.starts_with(':'))
        names.remove_prefix(1);
    std::istringstream words{std::string{names}};
    for (std::string word; words >> word;)
        expected_.push_back(text::printable(word));
}

std::string PhaseNumbers::name_of(std::uint64_t number) const {
    return number <= expected_.size() ? fmt::format("phase {}, {},", number, expected_[number - 1])
                                      : fmt::format("phase {}", number);
}

std::vector<std::string> PhaseNumbers::missing(bool complete) const {
    constexpr std::string_view lost = "is lost: its line on the console is cut or missing";
    constexpr std::uint64_t most_sentences = 20;
    std::vector<std::string> sentences;
    const auto add = [&](std::uint64_t number) {
        if (sentences.size() < most_sentences)
            sentences.push_back(fmt::format("{} {}", name_of(number), lost));
    };
    for (const auto& gap : gaps_) {
        if (gap.last <= expected_.size()) {
            for (auto number = gap.first; number <= gap.last; ++number)
                add(number);
        } else {
            sentences.push_back(fmt::format(
                "{} of the phases are lost{}, before {}: their lines on the console are cut or missing",
                gap.last - gap.first + 1, gap.before.empty() ? "" : ", after " + text::printable(gap.before),
                text::printable(gap.after)));
        }
    }
    for (auto number = last_ + 1; number <= expected_.size(); ++number)
        add(number);
    if (complete && expected_.size() < last_)
        sentences.push_back(fmt::format("the last line names {} phases, and number {} is there: it is cut",
                                        expected_.size(), last_));
    return sentences;
}

}  // namespace exitscope::command::inner_linux
