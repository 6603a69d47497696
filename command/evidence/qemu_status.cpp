// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "evidence/qemu_status.h"

#include <fmt/core.h>

namespace exitscope::command::evidence {

std::string describe_qemu_status(int status) {
    constexpr int first_signal = 128;
    if (status == lost_with_its_machine)
        return "the lab's emulator ended, or its Linux did, while QEMU ran in it";
    if (status == 124)
        return "time-out: QEMU was stopped before the guest had finished (status 124)";
    if (status == 0)
        return "QEMU ended by itself, without a verdict of the guest: a reset or power-off (status 0)";
    if (status == 1)
        return "QEMU could not start or go on; its error output says why (status 1)";
    if (status > first_signal)
        return fmt::format("QEMU was killed by signal {} (status {})", status - first_signal, status);
    return fmt::format("QEMU ended with status {}, which is no verdict (33, 35, 37 or 39)", status);
}

}  // namespace exitscope::command::evidence
