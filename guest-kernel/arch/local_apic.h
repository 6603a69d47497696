// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The local APIC in x2APIC mode: its timer, and end of interrupt.

#include <cstdint>

#include "arch/msr.h"

namespace exitscope::arch {

inline constexpr std::uint8_t timer_vector = 0x40;

/// Switches the local APIC to x2APIC mode and its timer to one shot, no division, `timer_vector`, whose
/// interrupts are ended with one EOI write each.
///
/// Needs the x2APIC. Exits: MSR reads and writes; to be called outside a window.
void start_local_apic();

/// Lets the timer interrupt once after `ticks` of the APIC's clock (1 ns each under KVM).
///
/// Exits: one WRMSR.
/// Source: Linux, arch/x86/kvm/lapic.h, APIC_BUS_FREQUENCY.
inline void arm_timer(std::uint32_t ticks) {
    wrmsr(Msr::x2apic_timer_initial_count, ticks);
}

/// Exits: one WRMSR, none where APICv or AVIC takes it.
inline void end_of_interrupt() {
    wrmsr(Msr::x2apic_eoi, 0);
}

}  // namespace exitscope::arch
