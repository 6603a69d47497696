// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The command line of exitstat.

#include <cstdint>
#include <optional>
#include <string_view>

namespace exitscope::exitstat {

struct Arguments {
    bool help = false;
    /// Who counts the exits is in the host and sees marks (docs/trace.md). Nothing: not said.
    std::optional<bool> outside{};
    bool json = false;
    /// Also the reasons that did not occur.
    bool all = false;
    /// The text that JSON carries as `name`; null: none.
    const char* name = nullptr;
    /// The number that JSON carries, of the first line with `--interval`; 0: none.
    std::uint64_t number = 0;
    /// Count this vCPU only.
    std::optional<unsigned> vcpu{};
    /// Show every so many milliseconds what was added.
    std::optional<std::uint64_t> interval{};
    /// End after so many intervals; 0: never.
    unsigned rounds = 0;
    /// Count the exits while this program runs; null-terminated words. Null: none.
    char** command = nullptr;
};

/// Whether `who` counts outside of this machine; nothing for a word that names nobody.
[[nodiscard]] std::optional<bool> counts_outside(std::string_view who);

/// Reads the command line. Returns null, or a message that says what is wrong.
[[nodiscard]] const char* parse_arguments(int argc, char** argv, Arguments& arguments);

}  // namespace exitscope::exitstat
