// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The command line of exitstat.

#include <cstdint>
#include <optional>

namespace exitscope::exitstat {

struct Arguments {
    bool help = false;
    bool json = false;
    /// Also the reasons that did not occur.
    bool all = false;
    /// The text that JSON carries as `name`; null: none.
    const char* name = nullptr;
    /// Count this vCPU only.
    std::optional<unsigned> vcpu{};
    /// Show every so many milliseconds what was added.
    std::optional<std::uint64_t> interval{};
    /// End after so many intervals; 0: never.
    unsigned rounds = 0;
    /// Count the exits while this program runs; null-terminated words. Null: none.
    char** command = nullptr;
};

/// Reads the command line. Returns null, or a message that says what is wrong.
[[nodiscard]] const char* parse_arguments(int argc, char** argv, Arguments& arguments);

}  // namespace exitscope::exitstat
