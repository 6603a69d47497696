// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The first port of a virtio console on PCI, of which only the transmit queue is used.

#include <string_view>

namespace exitscope::devices {

/// Finds a console with the legacy interface and makes its transmit queue ready; false where there is none.
///
/// Exits: I/O, some tens.
/// Source: Virtual I/O Device (VIRTIO) 1.1, 4.1.4.8, "Legacy Interfaces: A Note on PCI Device Layout".
[[nodiscard]] bool start_virtio_console();

/// Sends the text, and waits until the device has taken it; false if it does not.
///
/// Exits: I/O, one.
[[nodiscard]] bool write_virtio_console(std::string_view text);

}  // namespace exitscope::devices
