// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// How far a long step is, on standard error.

#include <optional>
#include <string>
#include <string_view>

namespace exitscope::command::stages {

struct Moment {
    std::string_view step;
    int seconds = 0;
    /// How long it took the last time.
    std::optional<int> expected{};
    /// The newest line of what the step says.
    std::string_view news{};
};

/// `  L1 kernel (6.1)     12 s of about 239 s  build-kernel: ...`, without a line's end; at most `width`
/// characters, printable ones only.
[[nodiscard]] std::string progress_line(const Moment& moment, std::size_t width);

/// On a terminal one line that is written over; elsewhere a line every 20 seconds.
class Progress {
public:
    explicit Progress(bool terminal) : terminal_{terminal} {}

    void show(const Moment& moment);
    /// Whole lines that stay, above what is shown.
    void tell(std::string_view lines);
    /// The step is over.
    void finish(std::string_view step, int seconds);
    void fail(std::string_view step, int seconds);

private:
    void clear();

    bool terminal_;
    int shown_ = 0;
    std::string last_{};
};

}  // namespace exitscope::command::stages
