// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What the workloads with interrupts share.

#include <string_view>

#include "arch/interrupt_flag.h"
#include "arch/interrupts.h"
#include "arch/local_apic.h"
#include "arch/wait.h"
#include "workloads/names.h"
#include "workloads/support/device.h"
#include "workloads/support/msr.h"

namespace exitscope::workloads {

[[nodiscard]] constexpr std::string_view skip_without_x2apic(const Subject& subject) {
    if (!subject.cpu.has(CpuFeature::x2apic))
        return "the CPU has no x2APIC (CPUID.1:ECX bit 21)";
    return skip_without<Device::local_apic>(subject);
}

/// Whether a CPU with VMX is the guest's APIC, so that ends of interrupts do not exit.
[[nodiscard]] constexpr bool has_apicv(const Subject& subject) {
    return subject.isa == InstructionSet::vmx && subject.exits_per_eoi == 0;
}

/// The cost of sending `count` interrupts: writes of the x2APIC's command register.
[[nodiscard]] constexpr Cost interrupts_sent(const Subject& subject, std::uint32_t count = 1) {
    return {msr_write(subject), count, "msr:0x830"};
}

/// The cost of ending `count` interrupts.
[[nodiscard]] constexpr Cost interrupts_ended(const Subject& subject, std::uint32_t count = 1) {
    return {msr_write(subject), count * subject.exits_per_eoi, "msr:0x80b"};
}

/// The cost of arming the x2APIC's timer once.
[[nodiscard]] constexpr Cost timer_armed(const Subject& subject) {
    return {msr_write(subject), 1, "msr:0x838"};
}

inline constexpr std::string_view no_timer_interrupt = "the interrupt of the APIC's timer did not come";

/// Lets interrupts in until one of `vector` was taken; `missed` says what did not come if none is.
/// Exits: none but the interrupt's own.
inline void wait_for_interrupt(std::uint8_t vector, std::string_view missed) {
    const auto before = arch::interrupts_taken(vector);
    arch::wait_until([=] { return arch::interrupts_taken(vector) != before; }, missed);
}

/// For what halts until an interrupt comes, and would halt for ever without it: lets one of the APIC's timer
/// and one that the CPU sends itself come; returns which does not. Exits: some, to be called outside a
/// window.
[[nodiscard]] inline std::string_view check_interrupts() {
    constexpr std::uint32_t soon_ns = 50'000;
    arch::arm_timer(soon_ns);
    wait_for_interrupt(arch::timer_vector, no_timer_interrupt);
    const auto before = arch::interrupts_taken(arch::ipi_vector);
    arch::send_self_interrupt(arch::ipi_vector);
    arch::wait_until([=] { return arch::interrupts_taken(arch::ipi_vector) != before; },
                     "the interrupt that the CPU sent itself did not come");
    return arch::missed_event();
}

}  // namespace exitscope::workloads
