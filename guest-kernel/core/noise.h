// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Exits that the guest cannot control: listed by name, shown apart, never silently dropped.

#include "core/exit_reason.h"

namespace exitscope {

/// Whether a workload takes interrupts itself; then the moment at which KVM injects one is noise too.
enum class Interrupts : bool { off, on };

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
        case SvmExitReason::vintr:
            return interrupts == Interrupts::on;
        default:
            return false;
    }
}

}  // namespace exitscope
