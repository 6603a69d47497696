// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The local APIC in x2APIC mode: its timer, and end of interrupt.

#include <cstdint>

#include "arch/msr.h"

namespace exitscope::arch {

inline constexpr std::uint8_t timer_vector = 0x40;
/// For interrupts that a workload sends; its handler ends each with one EOI write.
inline constexpr std::uint8_t ipi_vector = 0x38;
/// For the interrupt that gives another processor a job (arch/processors.h).
inline constexpr std::uint8_t job_vector = 0x28;

/// How the timer counts. Source: Intel SDM Vol. 3A, "APIC Timer".
enum class TimerMode : std::uint32_t { one_shot = 0, tsc_deadline = 1U << 18 };

/// Switches this CPU's local APIC to x2APIC mode; false where it does not go there.
[[nodiscard]] bool enable_local_apic();

/// Switches the local APIC to x2APIC mode and its timer to one shot, no division, `timer_vector`, whose
/// interrupts are ended with one EOI write each; false, and nothing else, where it does not go to that mode.
///
/// Needs a CPU with x2APIC. Exits: MSR reads and writes; to be called outside a window.
[[nodiscard]] bool start_local_apic();

/// Lets the timer interrupt once after `ticks` of the APIC's clock (1 ns each under KVM).
///
/// Exits: one WRMSR.
/// Source: Linux, arch/x86/kvm/lapic.h, APIC_BUS_FREQUENCY.
inline void arm_timer(std::uint32_t ticks) {
    wrmsr(Msr::x2apic_timer_initial_count, ticks);
}

/// Sets the timer's mode and vector. Exits: one WRMSR.
inline void set_timer(TimerMode mode, std::uint8_t vector) {
    wrmsr(Msr::x2apic_lvt_timer, static_cast<std::uint32_t>(mode) | vector);
}

/// Sends this CPU an interrupt. Exits: one WRMSR (SVM with AVIC may differ).
/// Source: Intel SDM Vol. 3A, "Issuing Interprocessor Interrupts": destination shorthand self.
inline void send_self_interrupt(std::uint8_t vector) {
    constexpr std::uint64_t shorthand_self = 1U << 18;
    wrmsr(Msr::x2apic_interrupt_command, shorthand_self | vector);
}

/// The same by the register that is for that alone. Exits: one WRMSR, none where APICv or AVIC takes it.
/// Source: Intel SDM Vol. 3A, "SELF IPI Register".
inline void write_self_ipi(std::uint8_t vector) {
    wrmsr(Msr::x2apic_self_ipi, vector);
}

/// The x2APIC ID in the interrupt command.
[[nodiscard]] constexpr std::uint64_t destination(std::uint32_t apic_id) {
    return std::uint64_t{apic_id} << 32;
}

/// Sends a CPU an interrupt, or an NMI. Exits: one WRMSR. Nothing happens where there is no such CPU.
inline void send_interrupt(std::uint32_t apic_id, std::uint8_t vector) {
    wrmsr(Msr::x2apic_interrupt_command, destination(apic_id) | vector);
}

inline void send_nmi(std::uint32_t apic_id) {
    constexpr std::uint64_t delivery_mode_nmi = 4U << 8;
    wrmsr(Msr::x2apic_interrupt_command, destination(apic_id) | delivery_mode_nmi);
}

/// Sends all other CPUs an interrupt. Exits: one WRMSR.
inline void send_interrupt_to_others(std::uint8_t vector) {
    constexpr std::uint64_t shorthand_all_but_self = 3U << 18;
    wrmsr(Msr::x2apic_interrupt_command, shorthand_all_but_self | vector);
}

/// Resets another CPU, which then waits for `send_startup`. Exits: one WRMSR.
inline void send_init(std::uint32_t apic_id) {
    constexpr std::uint64_t delivery_mode_init = 5U << 8;
    constexpr std::uint64_t level_assert = 1U << 14;
    wrmsr(Msr::x2apic_interrupt_command, destination(apic_id) | level_assert | delivery_mode_init);
}

/// Starts a CPU that waits, in real mode at the begin of a page below 1 MiB. Exits: one WRMSR.
inline void send_startup(std::uint32_t apic_id, std::uint64_t page) {
    constexpr std::uint64_t delivery_mode_startup = 6U << 8;
    constexpr unsigned page_shift = 12;
    wrmsr(Msr::x2apic_interrupt_command, destination(apic_id) | delivery_mode_startup | page >> page_shift);
}

/// This CPU's x2APIC ID. Exits: one RDMSR, outside a window.
[[nodiscard]] inline std::uint32_t apic_id() {
    return static_cast<std::uint32_t>(rdmsr(Msr::x2apic_id));
}

/// Exits: one WRMSR, none where APICv or AVIC takes it.
inline void end_of_interrupt() {
    wrmsr(Msr::x2apic_eoi, 0);
}

}  // namespace exitscope::arch
