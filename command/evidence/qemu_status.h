// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// How QEMU ended where it was not the guest's verdict that ended it.

#include <string>

namespace exitscope::command::evidence {

/// One clause about an exit status that is none of 33, 35, 37, 39.
/// In the place of a status: the machine in which QEMU ran ended first.
inline constexpr int lost_with_its_machine = -1;

[[nodiscard]] std::string describe_qemu_status(int status);

}  // namespace exitscope::command::evidence
