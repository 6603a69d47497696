// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Where the report goes: to a virtio console if the machine has one, else to the first serial port.

#include <cstdint>
#include <string_view>

namespace exitscope::devices {

/// Looks for a virtio console and starts what the report goes to.
///
/// Exits: I/O, fewer than 200.
void start_console();

/// Sends the text. With a serial port each byte is an exit that goes through user space; with a virtio
/// console each line is one.
///
/// Exits: I/O, `console_exits(text.size())`.
void write_console(std::string_view text);

/// The I/O exits of one `write_console`.
[[nodiscard]] std::uint64_t console_exits(std::uint64_t bytes);

}  // namespace exitscope::devices
