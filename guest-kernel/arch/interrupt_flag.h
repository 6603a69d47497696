// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The interrupt flag, and waiting for an interrupt.

namespace exitscope::arch {

/// Exits: never by itself.
inline void disable_interrupts() {
    asm volatile("cli" : : : "memory");
}

/// Lets interrupts in from the instruction behind this on; STI itself holds them back for one more.
///
/// Exits: never by itself.
inline void enable_interrupts() {
    asm volatile("sti; nop" : : : "memory");
}

/// Lets one interrupt in while halted; returns after its handler with interrupts off again.
///
/// STI keeps interrupts blocked for one more instruction, so HLT is always reached.
/// Exits: one HLT each, even if the interrupt was pending already.
/// Source: Intel SDM Vol. 2, "STI", and Vol. 3C, "Other Causes of VM Exits": HLT exiting.
inline void halt_until_interrupt() {
    asm volatile("sti; hlt; cli" : : : "memory");
}

}  // namespace exitscope::arch
