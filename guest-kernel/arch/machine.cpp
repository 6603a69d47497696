// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "arch/machine.h"

#include "arch/descriptor_tables.h"
#include "arch/instructions.h"
#include "arch/port.h"

namespace exitscope::arch {

void stop_machine(std::uint8_t code) {
    out8(Port::debug_exit, code);
    for (;;)
        asm volatile("cli; hlt");
}

void triple_fault() {
    lidt({});
    for (;;)
        int3();
}

}  // namespace exitscope::arch
