// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "arch/machine.h"

#include "arch/port.h"

namespace exitscope::arch {

void stop_machine(std::uint8_t code) {
    out8(Port::debug_exit, code);
    for (;;)
        asm volatile("cli; hlt");
}

}  // namespace exitscope::arch
