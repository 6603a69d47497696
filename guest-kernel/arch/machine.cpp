// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "arch/machine.h"

#include "arch/descriptor_tables.h"
#include "arch/instructions.h"
#include "arch/port.h"

namespace exitscope::arch {

namespace {

/// What a port returns that nobody answers. isa-debug-exit returns 0.
constexpr std::uint8_t no_device = 0xff;

}  // namespace

bool is_to_stay() {
    return in8(Port::stay) != no_device;
}

void halt_for_ever() {
    for (;;)
        asm volatile("cli; hlt");
}

void stop_machine(std::uint8_t code) {
    const bool qemu_ends = in8(Port::debug_exit) != no_device;
    // QEMU 10 lets the vCPU go on for a while. It must not exit again: nobody would know how often. But in
    // Bochs the host's own interrupts do not end the turn of a guest whose IF is clear, and QEMU would never
    // get to its end (docs/emulators.md).
    if (qemu_ends)
        asm volatile("sti");
    out8(Port::debug_exit, code);
    while (qemu_ends)
        asm volatile("");
}

void triple_fault() {
    lidt({});
    for (;;)
        int3();
}

}  // namespace exitscope::arch
