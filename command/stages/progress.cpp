// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "stages/progress.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstdio>
#include <utility>

namespace exitscope::command::stages {

namespace {

constexpr int seconds_between_lines = 20;
constexpr std::size_t terminal_width = 100;
constexpr std::size_t line_width = 160;

void print(std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), stderr);
    std::fflush(stderr);
}

}  // namespace

std::string progress_line(const Moment& moment, std::size_t width) {
    auto line = fmt::format("  {:<30} {:4} s", moment.step, moment.seconds);
    if (moment.expected && *moment.expected > 0)
        line += fmt::format(" of about {} s", *moment.expected);
    if (!moment.news.empty())
        line += "  ";
    std::ranges::copy_if(moment.news, std::back_inserter(line), [](char c) { return c >= ' ' && c <= '~'; });
    return line.substr(0, width);
}

void Progress::show(const Moment& moment) {
    if (terminal_) {
        // A terminal may be a slow serial line.
        auto line = progress_line(moment, terminal_width);
        if (line != last_)
            print("\r\x1b[K" + line);
        last_ = std::move(line);
    } else if (moment.seconds >= shown_ + seconds_between_lines) {
        shown_ = moment.seconds;
        print(progress_line(moment, line_width) + "\n");
    }
}

void Progress::clear() {
    shown_ = 0;
    last_.clear();
    if (terminal_)
        print("\r\x1b[K");
}

void Progress::tell(std::string_view lines) {
    if (terminal_)
        print("\r\x1b[K");
    last_.clear();
    print(lines);
}

void Progress::finish(std::string_view step, int seconds) {
    clear();
    print(progress_line({.step = step, .seconds = seconds}, line_width) + "\n");
}

void Progress::fail(std::string_view step, int seconds) {
    clear();
    print(fmt::format("  {:<30} failed after {} s:\n", step, seconds));
}

}  // namespace exitscope::command::stages
