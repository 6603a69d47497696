// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Where the report goes: to a virtio console if the machine has one, else to the first serial port, else to
// port 0xe9, else nowhere.

#include <cstdint>
#include <string_view>

namespace exitscope::devices {

/// Looks for the consoles and starts what the report goes to.
///
/// Exits: I/O, fewer than 200.
void start_console();

/// Sends the text. With a serial port or port 0xe9 each byte is an exit that goes through user space; with a
/// virtio console each line is one. Where a console takes no more, the text goes to the next one, which says
/// so.
///
/// Exits: I/O, `console_exits(text.size())`.
void write_console(std::string_view text);

/// The I/O exits of one `write_console`.
[[nodiscard]] std::uint64_t console_exits(std::uint64_t bytes);

}  // namespace exitscope::devices
