// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Keeps this process on one CPU, while that matters.

#include <sched.h>

#include <optional>

namespace exitscope::exitstat {

/// How many CPUs are online; 1 where nobody says.
[[nodiscard]] unsigned online_processors();

class Processor {
public:
    /// Nothing: any will do.
    explicit Processor(std::optional<unsigned> number);

    /// Moves this process there. Answers false where there is no such CPU for it; `errno` says why.
    [[nodiscard]] bool pin() const;
    /// Lets it run where it could before.
    void release() const;

private:
    std::optional<unsigned> number_;
    cpu_set_t before_{};
};

}  // namespace exitscope::exitstat
