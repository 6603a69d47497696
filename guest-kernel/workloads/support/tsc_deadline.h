// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The APIC timer in TSC-deadline mode.

#include <cstdint>
#include <string_view>

#include "arch/local_apic.h"
#include "workloads/support/interrupts.h"

namespace exitscope::workloads {

[[nodiscard]] constexpr std::string_view skip_without_tsc_deadline(const Subject& subject) {
    if (!subject.cpu.has(CpuFeature::tsc_deadline))
        return "the APIC timer has no TSC-deadline mode (CPUID.1:ECX bit 24)";
    return skip_without_x2apic(subject);
}

/// Takes the timer into this mode. Exits: one, WRMSR; to be called outside a window.
[[nodiscard]] inline std::string_view start_tsc_deadline(std::uint64_t) {
    arch::set_timer(arch::TimerMode::tsc_deadline, arch::timer_vector);
    return {};
}

/// Takes the timer back to the mode of `start_local_apic`. Exits: two, WRMSR; to be called outside a window.
inline void stop_tsc_deadline() {
    arch::wrmsr(arch::Msr::tsc_deadline, 0);
    arch::set_timer(arch::TimerMode::one_shot, arch::timer_vector);
}

[[nodiscard]] constexpr Cost tsc_deadline_write(const Subject& subject) {
    return {msr_write(subject), 1, "msr:0x6e0"};
}

}  // namespace exitscope::workloads
