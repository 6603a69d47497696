// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The exact count of each reason that may occur in a window.

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>

#include "model/exit_reason.h"

namespace exitscope::model {

struct ExpectedCount {
    ReasonNumber reason = 0;
    std::uint64_t count = 0;
};

/// A reason that is not listed is expected 0 times.
class Expected {
public:
    static constexpr std::size_t capacity = 16;

    constexpr Expected() = default;

    constexpr Expected(std::initializer_list<ExpectedCount> counts) {
        for (const auto& count : counts)
            add(count);
    }

    /// Adds `count.count` to its reason; a reason named twice is summed, a count of 0 is not listed.
    constexpr void add(ExpectedCount count) {
        if (count.count == 0)
            return;
        for (auto& known : *this) {
            if (known.reason == count.reason) {
                known.count += count.count;
                return;
            }
        }
        counts_[size_++] = count;
    }

    [[nodiscard]] constexpr std::uint64_t of(ReasonNumber reason) const {
        for (const auto& known : *this) {
            if (known.reason == reason)
                return known.count;
        }
        return 0;
    }

    [[nodiscard]] constexpr ExpectedCount* begin() { return counts_.data(); }
    [[nodiscard]] constexpr ExpectedCount* end() { return counts_.data() + size_; }
    [[nodiscard]] constexpr const ExpectedCount* begin() const { return counts_.data(); }
    [[nodiscard]] constexpr const ExpectedCount* end() const { return counts_.data() + size_; }

private:
    std::array<ExpectedCount, capacity> counts_{};
    std::size_t size_ = 0;
};

static_assert(Expected{{1, 2}, {1, 3}}.of(1) == 5);
static_assert(Expected{{1, 0}}.of(1) == 0);

}  // namespace exitscope::model
