// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// A count for each exit reason, and the difference between two readings.

#include <array>
#include <cstdint>

#include "model/exit_reason.h"
#include "model/noise.h"

namespace exitscope::model {

/// A number for each reason of one instruction set (exits or TSC ticks), and the total, which is counted
/// apart.
struct CountTable {
    InstructionSet isa = InstructionSet::unknown;
    std::uint64_t total = 0;
    std::array<std::uint64_t, reason_capacity> by_index{};

    [[nodiscard]] constexpr std::uint64_t of(ReasonNumber reason) const {
        const auto index = index_of(isa, reason);
        return index ? by_index[*index] : 0;
    }

    [[nodiscard]] constexpr std::uint64_t sum() const {
        std::uint64_t sum = 0;
        for (const auto count : by_index)
            sum += count;
        return sum;
    }
};

/// How wide a counter is: the exit counter ABI has 64 bits, coursework patches 32.
enum class CounterWidth : std::uint8_t { bits_32, bits_64 };

/// The bits that a counter has.
[[nodiscard]] constexpr std::uint64_t mask_of(CounterWidth width) {
    return width == CounterWidth::bits_32 ? 0xffff'ffffU : ~std::uint64_t{0};
}

/// Writes `after - before`, modulo the counters' width, to `result`.
constexpr void subtract(const CountTable& after, const CountTable& before, CounterWidth width,
                        CountTable& result) {
    const std::uint64_t mask = mask_of(width);
    result.isa = after.isa;
    result.total = (after.total - before.total) & mask;
    for (std::size_t index = 0; index < reason_capacity; ++index)
        result.by_index[index] = (after.by_index[index] - before.by_index[index]) & mask;
}

/// The exits of a window that are noise.
[[nodiscard]] constexpr std::uint64_t noise_of(const CountTable& exits, Interrupts interrupts) {
    std::uint64_t noise = 0;
    const auto reasons = reasons_of(exits.isa);
    for (std::size_t index = 0; index < reasons.size(); ++index)
        noise += is_noise(exits.isa, reasons[index], interrupts) ? exits.by_index[index] : 0;
    return noise;
}

}  // namespace exitscope::model
