// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Exits that the guest cannot control: listed by name, shown apart, never silently dropped.

#include <optional>
#include <string_view>

#include "model/exit_reason.h"

namespace exitscope::model {

/// When the exits of a reason are noise.
///
/// `always`: the host's own interrupts and timers cause them. `with_interrupts`: they tell KVM when it may
/// inject an interrupt, so they are noise where the guest takes interrupts. `while_pausing`: pause-loop
/// exiting (SVM: the pause filter) causes them, so they are noise where the guest loops over PAUSE.
enum class NoiseWhen : std::uint8_t { never, always, with_interrupts, while_pausing };

/// Source: Linux KVM; PREEMPTION_TIMER is KVM's stand-in for a host timer.
[[nodiscard]] constexpr NoiseWhen noise_when(VmxExitReason reason) {
    switch (reason) {
        case VmxExitReason::external_interrupt:
        case VmxExitReason::preemption_timer:
            return NoiseWhen::always;
        case VmxExitReason::interrupt_window:
            return NoiseWhen::with_interrupts;
        case VmxExitReason::pause_instruction:
            return NoiseWhen::while_pausing;
        default:
            return NoiseWhen::never;
    }
}

[[nodiscard]] constexpr NoiseWhen noise_when(SvmExitReason reason) {
    switch (reason) {
        case SvmExitReason::intr:
        case SvmExitReason::nmi:
        case SvmExitReason::smi:
            return NoiseWhen::always;
        case SvmExitReason::vintr:
            return NoiseWhen::with_interrupts;
        case SvmExitReason::pause:
            return NoiseWhen::while_pausing;
        default:
            return NoiseWhen::never;
    }
}

[[nodiscard]] constexpr NoiseWhen noise_when(InstructionSet isa, ReasonNumber reason) {
    switch (isa) {
        case InstructionSet::vmx:
            return noise_when(static_cast<VmxExitReason>(reason));
        case InstructionSet::svm:
            return noise_when(static_cast<SvmExitReason>(reason));
        default:
            return NoiseWhen::never;
    }
}

/// What else is noise in a workload: where it takes interrupts, or where it loops over PAUSE.
enum class Interrupts : std::uint8_t { off, on, off_and_pausing };

/// How many PAUSEs each step does where their exits are noise (`off_and_pausing`): the most exits that they
/// can cost.
inline constexpr std::uint64_t pauses_per_step = 4096;

[[nodiscard]] constexpr std::string_view name_of(Interrupts interrupts) {
    switch (interrupts) {
        case Interrupts::on:
            return "on";
        case Interrupts::off_and_pausing:
            return "off_and_pausing";
        default:
            return "off";
    }
}

[[nodiscard]] constexpr std::optional<Interrupts> parse_interrupts(std::string_view name) {
    for (const auto interrupts : {Interrupts::off, Interrupts::on, Interrupts::off_and_pausing}) {
        if (name_of(interrupts) == name)
            return interrupts;
    }
    return std::nullopt;
}

/// True for exits that do not depend on what the guest does.
[[nodiscard]] constexpr bool is_noise(InstructionSet isa, ReasonNumber reason, Interrupts interrupts) {
    switch (noise_when(isa, reason)) {
        case NoiseWhen::always:
            return true;
        case NoiseWhen::with_interrupts:
            return interrupts == Interrupts::on;
        case NoiseWhen::while_pausing:
            return interrupts == Interrupts::off_and_pausing;
        default:
            return false;
    }
}

}  // namespace exitscope::model
