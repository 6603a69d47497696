// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The 8254 interval timer's channel 0, whose interrupt comes through the 8259 interrupt controller.

#include <cstdint>

#include "arch/port.h"

namespace exitscope::devices {

/// The vector of the timer's interrupt, IRQ 0.
inline constexpr std::uint8_t interval_timer_vector = 0x30;

/// Whether there is one: channel 2, which has no interrupt, keeps the mode that it is given.
///
/// Exits: three, I/O; to be called outside a window.
/// Source: Intel 8254, "Read-Back Command".
[[nodiscard]] bool has_interval_timer();

/// Lets the timer's interrupt through: unmasks it in the controller, and connects that to the local APIC.
/// Exits: I/O and WRMSR; to be called outside a window.
void open_interval_timer();

/// Masks it again. Exits: as `open_interval_timer`.
void close_interval_timer();

/// Lets the timer interrupt once, after `ticks` of 838 ns. Exits: three, I/O.
/// Source: Intel 8254, "Programming the 8254": counter 0, low then high byte, mode 0.
inline void arm_interval_timer(std::uint16_t ticks) {
    constexpr std::uint8_t interrupt_on_terminal_count = 0x30;
    arch::out8(arch::Port::pit_command, interrupt_on_terminal_count);
    arch::out8(arch::Port::pit_channel_0, static_cast<std::uint8_t>(ticks));
    arch::out8(arch::Port::pit_channel_0, static_cast<std::uint8_t>(ticks >> 8));
}

/// Exits: one, I/O.
inline void end_legacy_interrupt() {
    constexpr std::uint8_t non_specific_end = 0x20;
    arch::out8(arch::Port::pic_master_command, non_specific_end);
}

}  // namespace exitscope::devices
