// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The first serial port, a 16550.

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace exitscope::devices {

/// Whether there is one: its line control register keeps what `start_serial_port` wrote. Exits: one, I/O.
[[nodiscard]] bool has_serial_port();

/// Programs 115200 baud, 8N1, FIFO on, no interrupts.
///
/// Exits: I/O, six.
void start_serial_port();

/// What a 16550 takes at once.
inline constexpr std::size_t serial_fifo_size = 16;

/// Sends the bytes, as many at a time as the transmitter's FIFO holds; waits while it is not empty. False if
/// it does not become empty.
///
/// Exits: I/O, `serial_exits(text.size())`, as long as the other end takes what it is given.
[[nodiscard]] bool write_serial(std::string_view text);

/// The I/O exits of one `write_serial`: one a byte, and for each piece one read of the line status register.
///
/// REP OUTSB would save none: KVM hands user space one element at a time, and enters the guest in between.
/// Source: Linux 6.1, arch/x86/kvm/x86.c, x86_emulate_instruction(): arch.pio.count.
[[nodiscard]] constexpr std::uint64_t serial_exits(std::uint64_t bytes) {
    return bytes + (bytes + serial_fifo_size - 1) / serial_fifo_size;
}

static_assert(serial_exits(0) == 0 && serial_exits(16) == 17 && serial_exits(17) == 19);

}  // namespace exitscope::devices
