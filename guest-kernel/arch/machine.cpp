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

void triple_fault() {
    struct [[gnu::packed]] {
        std::uint16_t limit = 0;
        std::uint64_t base = 0;
    } const no_table;
    for (;;)
        asm volatile("lidt %[idtr]; int3" : : [idtr] "m"(no_table));
}

}  // namespace exitscope::arch
