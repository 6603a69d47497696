// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Which phases of an inner Linux are missing on its console.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace exitscope::command::inner_linux {

class PhaseNumbers {
public:
    /// The next phase that is there. One without a number cannot be missed. Throws InputError, which begins
    /// with `where`, for a number that is not larger than the one before.
    void take(std::optional<std::uint64_t> number, std::string_view name, std::string_view where);

    /// All names, from number 1 on, as they stand behind a colon in the last line.
    void expect(std::string_view names);

    /// A sentence for each phase that is missing. `complete`: the last line was there, and has to have the
    /// names.
    [[nodiscard]] std::vector<std::string> missing(bool complete) const;

private:
    struct Gap {
        std::uint64_t first = 0;
        std::uint64_t last = 0;
        /// The phases that are there on both sides; empty for none.
        std::string before{};
        std::string after{};
    };

    [[nodiscard]] std::string name_of(std::uint64_t number) const;

    std::uint64_t last_ = 0;
    std::string last_name_{};
    std::vector<Gap> gaps_{};
    std::vector<std::string> expected_{};
};

}  // namespace exitscope::command::inner_linux
