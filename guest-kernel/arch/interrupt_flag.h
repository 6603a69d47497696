// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The interrupt flag, and waiting for an interrupt.

#include <cstdint>

namespace exitscope::arch {

/// Exits: never by itself.
inline void disable_interrupts() {
    asm volatile("cli" : : : "memory");
}

/// Lets interrupts in from the next instruction on: STI holds them back for one more, which is the NOP.
///
/// Exits: never by itself.
inline void enable_interrupts() {
    asm volatile("sti; nop" : : : "memory");
}

/// Lets one interrupt in while halted; returns after its handler with interrupts off again.
///
/// STI keeps interrupts blocked for one more instruction, so HLT is always reached, unless `halts_missed`
/// says otherwise. Exits: one HLT each, even if the interrupt was pending already. Source: Intel SDM Vol. 2,
/// "STI", and Vol. 3C, "Other Causes of VM Exits": HLT exiting.
extern "C" void halt_until_interrupt();

/// How often since the start an interrupt came between its STI and its HLT, on any processor. Such a HLT is
/// passed over, as it might wait for ever.
///
/// By the manuals only an NMI can come there. Under QEMU TCG an exit between the two, for an interrupt of
/// L1's, loses the guest's interrupt shadow, because TCG's VMRUN does not load the VMCB's (helper_vmrun() in
/// target/i386/tcg/sysemu/svm_helper.c). Exits: none.
[[nodiscard]] std::uint64_t halts_missed();

}  // namespace exitscope::arch
