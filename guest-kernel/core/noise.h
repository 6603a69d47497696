// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Exits that the guest cannot control: listed by name, shown apart, never silently dropped.

#include "core/counts.h"
#include "core/exit_reason.h"

namespace exitscope {

/// What else is noise in a workload. Where it takes interrupts itself, the moment at which KVM injects one
/// is; where it loops over PAUSE, how often pause-loop exiting (SVM: the pause filter) strikes, if there is
/// any.
enum class Interrupts : std::uint8_t { off, on, off_and_pausing };

/// True for exits that the host's interrupts and timers cause.
///
/// Source: Linux KVM; EXTERNAL_INTERRUPT and INTR are the host's own interrupts, PREEMPTION_TIMER is
/// KVM's stand-in for a host timer, the windows tell KVM when it may inject.
[[nodiscard]] constexpr bool is_noise(InstructionSet isa, ReasonNumber reason, Interrupts interrupts) {
    if (isa == InstructionSet::vmx) {
        switch (static_cast<VmxExitReason>(reason)) {
            case VmxExitReason::external_interrupt:
            case VmxExitReason::preemption_timer:
                return true;
            case VmxExitReason::pause_instruction:
                return interrupts == Interrupts::off_and_pausing;
            case VmxExitReason::interrupt_window:
                return interrupts == Interrupts::on;
            default:
                return false;
        }
    }
    switch (static_cast<SvmExitReason>(reason)) {
        case SvmExitReason::intr:
        case SvmExitReason::nmi:
        case SvmExitReason::smi:
            return true;
        case SvmExitReason::pause:
            return interrupts == Interrupts::off_and_pausing;
        case SvmExitReason::vintr:
            return interrupts == Interrupts::on;
        default:
            return false;
    }
}

/// The exits of a window that are noise.
[[nodiscard]] constexpr std::uint64_t noise_of(const Counts& exits, Interrupts interrupts) {
    std::uint64_t noise = 0;
    const auto reasons = reasons_of(exits.isa);
    for (std::size_t index = 0; index < reasons.size(); ++index)
        noise += is_noise(exits.isa, reasons[index], interrupts) ? exits.by_index[index] : 0;
    return noise;
}

}  // namespace exitscope
