// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Keeps this process on one CPU.

#include <sched.h>

#include <optional>

namespace exitscope::exitstat {

/// How many CPUs are online; 1 if the system does not say.
[[nodiscard]] unsigned online_processors();

class Processor {
public:
    /// `number`: the CPU that `pin` chooses; nothing: any CPU.
    explicit Processor(std::optional<unsigned> number);

    /// Moves this process there. Returns false if it may not run on such a CPU; `errno` says why.
    [[nodiscard]] bool pin() const;
    /// Lets this process run on the CPUs that it could use before.
    void release() const;

private:
    std::optional<unsigned> number_;
    cpu_set_t before_{};
};

}  // namespace exitscope::exitstat
