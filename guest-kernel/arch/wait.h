// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Waits that end: what does not come is remembered by name.

#include <cstdint>
#include <string_view>

#include "arch/interrupt_flag.h"
#include "arch/time_stamp.h"

namespace exitscope::arch {

/// How often a wait looks. It counts looks, not time, so that the wait goes on while the host runs something
/// else: about one second of this CPU's own, 10 in QEMU's TCG, 30 of Bochs' clock.
inline constexpr std::uint64_t looks_of_a_wait = std::uint64_t{1} << 27;

namespace detail {

inline constinit std::string_view missed_since{};

}  // namespace detail

/// What was waited for in vain since the last `forget_missed_event`, as a sentence; empty if nothing was.
[[nodiscard]] inline std::string_view missed_event() {
    return detail::missed_since;
}
inline void set_missed_event(std::string_view missed) {
    detail::missed_since = missed;
}
inline void forget_missed_event() {
    set_missed_event({});
}

/// Looks until `condition` holds, at most `looks` times; returns whether it does. Exits: none of its own.
///
/// Each look reads the TSC, which makes a look take about as long on one CPU as on another.
template <typename Condition>
[[nodiscard]] bool holds_within(std::uint64_t looks, Condition condition) {
    for (; !condition(); --looks) {
        if (looks == 0)
            return false;
        static_cast<void>(read_time_stamp());
    }
    return true;
}

/// Waits for `condition` with interrupts on, and leaves them off. If it does not come to hold, `missed` (a
/// sentence that says what did not happen) is remembered; from then on no wait lasts. Exits: none of its own.
///
/// With interrupts off, the host might not get its own interrupts: in Bochs 2.7 a guest that spins with IF =
/// 0 keeps them from the host, so that another vCPU on the same processor never runs. With IF = 1 it does.
template <typename Condition>
void wait_until(Condition condition, std::string_view missed) {
    enable_interrupts();
    if (!holds_within(missed_event().empty() ? looks_of_a_wait : 0, condition) && missed_event().empty())
        set_missed_event(missed);
    disable_interrupts();
}

}  // namespace exitscope::arch
