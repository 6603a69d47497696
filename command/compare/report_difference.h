// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Whether two reports are equal in every line that may not vary.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace exitscope::command::compare {

/// The first place where two reports differ; line numbers count from the KTAP line, vary records included.
struct Difference {
    std::uint64_t line_of_one = 0;
    std::uint64_t line_of_other = 0;
    /// The line without its end; nothing where the report has ended.
    std::optional<std::string> one;
    std::optional<std::string> other;

    bool operator==(const Difference&) const = default;
};

/// Nothing where the reports agree.
[[nodiscard]] std::optional<Difference> first_difference(std::string_view one, std::string_view other);

}  // namespace exitscope::command::compare
