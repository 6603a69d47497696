// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The smallest, the middle and the largest of some measurements.

#include <algorithm>
#include <cstdint>
#include <span>

namespace exitscope::report {

struct Spread {
    std::uint64_t min = 0;
    std::uint64_t median = 0;
    std::uint64_t max = 0;
};

/// Sorts `values`; of an even number the lower of the two in the middle counts. All 0 where there are none.
[[nodiscard]] constexpr Spread spread_of(std::span<std::uint64_t> values) {
    if (values.empty())
        return {};
    std::ranges::sort(values);
    return {values.front(), values[(values.size() - 1) / 2], values.back()};
}

}  // namespace exitscope::report
