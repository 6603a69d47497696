// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What the workloads with interrupts share.

#include <string_view>

#include "arch/interrupt_flag.h"
#include "arch/interrupts.h"
#include "workloads/names.h"

namespace exitscope::workloads {

[[nodiscard]] constexpr std::string_view skip_without_x2apic(const Subject& subject) {
    return subject.cpu.has(CpuFeature::x2apic) ? "" : "the CPU has no x2APIC (CPUID.1:ECX bit 21)";
}

/// The reason of a WRMSR.
[[nodiscard]] constexpr ReasonNumber msr_write(const Subject& subject) {
    return subject.reason(VmxExitReason::msr_write, SvmExitReason::msr);
}

/// Lets interrupts in until one of `vector` was taken. Exits: none but the interrupt's own.
inline void wait_for_interrupt(std::uint8_t vector) {
    const auto before = arch::interrupts_taken(vector);
    arch::enable_interrupts();
    while (arch::interrupts_taken(vector) == before) {
    }
    arch::disable_interrupts();
}

}  // namespace exitscope::workloads
