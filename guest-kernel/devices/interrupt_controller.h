// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The pair of 8259 interrupt controllers.

namespace exitscope::devices {

/// Whether there is one: its mask register keeps what is written.
///
/// Everything has to be masked, and is so again afterwards. In between only the line of the second controller
/// is open, of which nothing can come. Exits: three, I/O; to be called outside a window.
/// Source: Intel 8259A, "Operation Command Words": OCW1 is written and read at the same address.
[[nodiscard]] bool has_interrupt_controller();

}  // namespace exitscope::devices
