// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Compares a window's exits with what the oracle expects of it.

#include <string_view>

#include "core/counts.h"
#include "core/expected.h"
#include "core/noise.h"
#include "core/price.h"
#include "core/subject.h"
#include "core/text.h"
#include "core/verdict.h"

namespace exitscope {

namespace detail {

constexpr Verdict compare(const Counts& exits, const Expected& expected, Interrupts interrupts,
                          std::string_view of_what, TextWriter& message) {
    Verdict verdict = Verdict::pass;
    const auto reasons = reasons_of(exits.isa);
    for (std::size_t index = 0; index < reasons.size(); ++index) {
        const std::uint64_t found = exits.by_index[index];
        const std::uint64_t wanted = expected.of(reasons[index]);
        if (found == wanted || is_noise(exits.isa, reasons[index], interrupts))
            continue;
        message.text(verdict == Verdict::pass ? "" : "; ").text(of_what);
        if (exits.isa == InstructionSet::svm)
            message.text("0x").hexadecimal(reasons[index]);
        else
            message.decimal(reasons[index]);
        message.text(": expected ").decimal(wanted).text(", found ").decimal(found);
        verdict = Verdict::fail;
    }
    return verdict;
}

}  // namespace detail

/// Judges by exact equality and writes what is wrong to `message`.
///
/// `exits` is the window without the reads of the measuring itself. FAIL: a reason came a different
/// number of times than expected. ERROR: the counters contradict themselves (sum and total differ).
[[nodiscard]] constexpr Verdict judge(const Counts& exits, const Expected& expected, Interrupts interrupts,
                                      TextWriter& message) {
    if (exits.sum() != exits.total) {
        message.text("the reasons add up to ").decimal(exits.sum());
        message.text(" exits, the total says ").decimal(exits.total);
        return Verdict::error;
    }
    return detail::compare(exits, expected, interrupts, "reason ", message);
}

/// Judges the exits of all vCPUs, whose total is no sum; see `Window`.
[[nodiscard]] constexpr Verdict judge_vm(const Counts& exits, const Expected& expected, Interrupts interrupts,
                                         TextWriter& message) {
    return detail::compare(exits, expected, interrupts, "all vCPUs: reason ", message);
}

/// Judges the exits of PAUSE by their range: there are no more of them than PAUSEs.
///
/// Source: Intel SDM Vol. 3C, PAUSE-loop exiting; AMD APM vol. 2, "Pause Intercept Filtering".
[[nodiscard]] constexpr Verdict judge_pauses(const Counts& exits, std::uint64_t pauses, TextWriter& message) {
    const Subject subject{.isa = exits.isa};
    const auto found = exits.of(subject.reason(VmxExitReason::pause_instruction, SvmExitReason::pause));
    if (found <= pauses)
        return Verdict::pass;
    message.text("of PAUSE: expected at most ").decimal(pauses).text(" exits, found ").decimal(found);
    return Verdict::fail;
}

/// Judges a window of `2 * iterations` against one of `iterations`, and writes what is wrong to `message`.
///
/// FAIL: between them stands another number of exits than `iterations` times what the price says of each, or
/// the larger one is not what the price says of it. ERROR as `judge`.
[[nodiscard]] constexpr Verdict judge_slope(const Counts& exits, const Counts& doubled, const Price& price,
                                            std::uint64_t iterations, Interrupts interrupts,
                                            TextWriter& message) {
    if (const auto verdict = judge(doubled, price.of(2 * iterations), interrupts, message);
        verdict != Verdict::pass) {
        message.text(" (").decimal(2 * iterations).text(" iterations)");
        return verdict;
    }
    Counts slope;
    subtract(doubled, exits, CounterWidth::bits_64, slope);
    return detail::compare(slope, Price{.each = price.each}.of(iterations), interrupts, "slope of reason ",
                           message);
}

}  // namespace exitscope
