// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Compares a window's exits with what the oracle expects of it.

#include <string_view>

#include "model/count_table.h"
#include "model/expected.h"
#include "model/noise.h"
#include "model/price.h"
#include "model/verdict.h"
#include "report/text.h"

namespace exitscope::runner {

namespace detail {

constexpr model::Verdict compare(const model::CountTable& exits, const model::Expected& expected,
                                 model::Interrupts interrupts, std::string_view of_what,
                                 report::TextWriter& message) {
    model::Verdict verdict = model::Verdict::pass;
    const auto reasons = model::reasons_of(exits.isa);
    for (std::size_t index = 0; index < reasons.size(); ++index) {
        const std::uint64_t found = exits.by_index[index];
        const std::uint64_t wanted = expected.of(reasons[index]);
        if (found == wanted || model::is_noise(exits.isa, reasons[index], interrupts))
            continue;
        message.text(verdict == model::Verdict::pass ? "" : "; ").text(of_what);
        if (exits.isa == model::InstructionSet::svm)
            message.text("0x").hexadecimal(reasons[index]);
        else
            message.decimal(reasons[index]);
        message.text(": expected ").decimal(wanted).text(", found ").decimal(found);
        verdict = model::Verdict::fail;
    }
    return verdict;
}

}  // namespace detail

/// Judges by exact equality and writes what is wrong to `message`.
///
/// `exits` is the window without the reads of the measuring itself. FAIL: a reason came a different
/// number of times than expected. ERROR: the counters contradict themselves (sum and total differ).
[[nodiscard]] constexpr model::Verdict judge(const model::CountTable& exits, const model::Expected& expected,
                                             model::Interrupts interrupts, report::TextWriter& message) {
    if (exits.sum() != exits.total) {
        message.text("the reasons add up to ").decimal(exits.sum());
        message.text(" exits, the total says ").decimal(exits.total);
        return model::Verdict::error;
    }
    return detail::compare(exits, expected, interrupts, "reason ", message);
}

/// Judges the exits of all vCPUs, whose total need not be the sum of the reasons; see `Window`.
[[nodiscard]] constexpr model::Verdict judge_vm(const model::CountTable& exits,
                                                const model::Expected& expected, model::Interrupts interrupts,
                                                report::TextWriter& message) {
    return detail::compare(exits, expected, interrupts, "all vCPUs: reason ", message);
}

/// Judges the exits of PAUSE: there may be no more of them than PAUSEs.
///
/// Source: Intel SDM Vol. 3C, PAUSE-loop exiting; AMD APM vol. 2, "Pause Intercept Filtering".
[[nodiscard]] constexpr model::Verdict judge_pauses(const model::CountTable& exits, std::uint64_t pauses,
                                                    report::TextWriter& message) {
    const auto found = exits.of(
        model::reason_of(exits.isa, model::VmxExitReason::pause_instruction, model::SvmExitReason::pause));
    if (found <= pauses)
        return model::Verdict::pass;
    message.text("of PAUSE: expected at most ").decimal(pauses).text(" exits, found ").decimal(found);
    return model::Verdict::fail;
}

/// Judges a window of `2 * iterations` against one of `iterations`, and writes what is wrong to `message`.
///
/// FAIL: the difference of the two is not `iterations` times what the price says of each step, or the larger
/// one is not what the price says of it. ERROR as `judge`.
[[nodiscard]] constexpr model::Verdict judge_slope(const model::CountTable& exits,
                                                   const model::CountTable& doubled,
                                                   const model::Price& price, std::uint64_t iterations,
                                                   model::Interrupts interrupts,
                                                   report::TextWriter& message) {
    if (const auto verdict = judge(doubled, price.of(2 * iterations), interrupts, message);
        verdict != model::Verdict::pass) {
        message.text(" (").decimal(2 * iterations).text(" iterations)");
        return verdict;
    }
    model::CountTable slope;
    model::subtract(doubled, exits, model::CounterWidth::bits_64, slope);
    return detail::compare(slope, model::Price{.each = price.each}.of(iterations), interrupts,
                           "slope of reason ", message);
}

}  // namespace exitscope::runner
