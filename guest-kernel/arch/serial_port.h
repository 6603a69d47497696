// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The first serial port, a 16550.

#include <cstdint>
#include <string_view>

namespace exitscope::arch {

/// Programs 115200 baud, 8N1, FIFO on, no interrupts.
///
/// Exits: I/O, six.
void start_serial_port();

/// Sends the bytes; waits while the transmitter is not ready.
///
/// Exits: I/O, `exits_per_serial_byte` a byte, as long as the other end takes what it is given.
void write_serial(std::string_view text);

/// One read of the line status register and one write of the byte.
inline constexpr std::uint64_t exits_per_serial_byte = 2;

}  // namespace exitscope::arch
