// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The other processors: starting them, and giving them something to do.

#include <cstdint>

#include "arch/interrupt_flag.h"

namespace exitscope::arch {

/// The most processors that are used, the boot processor included.
inline constexpr std::uint32_t max_processors = 4;

/// What another processor does when it is called; interrupts are off, and none is in service.
using Job = void (*)();

/// Starts the processors with the x2APIC IDs 1 to `count` - 1, or as many as are used; returns how many run
/// then, the boot processor included.
///
/// They wait in HLT with interrupts on, and make no exit before they are called.
/// Needs the local APIC started. Exits: I/O and MSR writes, on the other processors whatever their boot
/// takes. Source: Intel SDM Vol. 3A, "MP Initialization Protocol Algorithm for MP Systems".
[[nodiscard]] std::uint32_t start_processors(std::uint32_t count);

/// How many processors run, the boot processor included. Exits: none.
[[nodiscard]] std::uint32_t running_processors();

/// Calls the processor with this x2APIC ID to `job`; afterwards it waits in HLT again.
///
/// A job is done by the interrupt's handler, so that no call is lost, whether HLT was reached or not.
/// Exits: one WRMSR here, one there.
void start_job(std::uint32_t processor, Job job);

/// The x2APIC ID of the processor that asks. Exits: none, it is known by its stack.
[[nodiscard]] std::uint32_t this_processor();

/// Spins until `condition` holds, with interrupts on meanwhile and off afterwards. Exits: none of its own.
///
/// With interrupts off the host might not get its own through: in Bochs 2.7 a guest that spun with IF = 0
/// took none of them, so that a vCPU which shared the host's processor never ran; with IF = 1 it does.
template <typename Condition>
void spin_until(Condition condition) {
    enable_interrupts();
    while (!condition()) {
    }
    disable_interrupts();
}

}  // namespace exitscope::arch
