// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "inner_linux/signs.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "text/printable.h"

namespace exitscope::command::inner_linux {

namespace {

constexpr std::size_t most_sentences = 3;

/// Source: Linux's init/initramfs.c, kernel/panic.c and mm/oom_kill.c; exitstat/main.cpp; and what shells
/// print of a program that they do not find.
constexpr std::array<std::string_view, 5> signs{"Initramfs unpacking failed", "Kernel panic - not syncing",
                                                "Out of memory: Killed process",
                                                "System is deadlocked on memory", "exitstat: "};

}  // namespace

void Signs::look(std::string_view line) {
    for (const auto sign : signs) {
        const auto begin = line.find(sign);
        if (begin == std::string_view::npos || sentences_.size() == most_sentences)
            continue;
        while (line.ends_with('\n') || line.ends_with('\r'))
            line.remove_suffix(1);
        auto sentence = fmt::format("the Linux says on its console: {}", text::printable(line.substr(begin)));
        if (std::ranges::find(sentences_, sentence) == sentences_.end())
            sentences_.push_back(std::move(sentence));
        return;
    }
}

}  // namespace exitscope::command::inner_linux
