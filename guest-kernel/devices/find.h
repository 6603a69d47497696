// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Which devices the machine has.

#include "model/device.h"

namespace exitscope::devices {

/// Looks for the devices that answer at ports. All interrupts have to be masked in the 8259.
///
/// Exits: I/O, some ten; to be called outside a window. The two APICs are not looked for here.
[[nodiscard]] model::Devices find_devices();

}  // namespace exitscope::devices
