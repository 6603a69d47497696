// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What a workload costs: some exits for each repetition, and some more for the first one.

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "model/expected.h"

namespace exitscope::model {

/// Some exits of one reason, and the thing that caused them, for people: `port:0x80`, `msr:0x838`,
/// `vector:0x30`, `cr:3`, `gpa:fresh`. Empty where the reason says it all.
struct Cost {
    ReasonNumber reason = 0;
    std::uint32_t exits = 1;
    std::string_view what{};
};

/// A few costs; those of 0 exits are not listed.
class Costs {
public:
    static constexpr std::size_t capacity = 8;

    constexpr Costs() = default;

    constexpr Costs(std::initializer_list<Cost> costs) {
        for (const auto& cost : costs)
            add(cost);
    }

    constexpr void add(const Cost& cost) {
        if (cost.exits != 0)
            costs_[size_++] = cost;
    }

    [[nodiscard]] constexpr std::uint64_t of(ReasonNumber reason) const {
        std::uint64_t exits = 0;
        for (const auto& cost : *this)
            exits += cost.reason == reason ? cost.exits : 0;
        return exits;
    }

    [[nodiscard]] constexpr bool empty() const { return size_ == 0; }
    [[nodiscard]] constexpr const Cost* begin() const { return costs_.data(); }
    [[nodiscard]] constexpr const Cost* end() const { return costs_.data() + size_; }

private:
    std::array<Cost, capacity> costs_{};
    std::size_t size_ = 0;
};

/// A straight line: `once + repetitions x each`. A workload whose cost is no such line has the wrong step.
struct Price {
    Costs each{};
    Costs once{};

    [[nodiscard]] constexpr Expected of(std::uint64_t repetitions) const {
        Expected expected;
        for (const auto& cost : each)
            expected.add({cost.reason, repetitions * cost.exits});
        for (const auto& cost : once)
            expected.add({cost.reason, cost.exits});
        return expected;
    }
};

static_assert(Price{.each = {{1, 2}, {1, 3}}, .once = {{1}}}.of(10).of(1) == 51);
static_assert(Price{.each = {{1, 0}}}.each.empty());

}  // namespace exitscope::model
