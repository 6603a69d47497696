// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The other processors: starting them, and giving them jobs.

#include <cstdint>

#include "arch/interrupt_flag.h"

namespace exitscope::arch {

/// The most processors that are used, the boot processor included.
inline constexpr std::uint32_t max_processors = 8;

/// What another processor is to do; interrupts are off then, and none is in service.
using Job = void (*)();

/// Starts the processors with the x2APIC IDs 1 to `count` - 1, but no more than `max_processors`; returns how
/// many run then, the boot processor included.
///
/// They wait in HLT with interrupts on, and make no exit before they are given a job.
/// Needs the local APIC started. Exits: I/O and MSR writes, on the other processors whatever their boot
/// takes. Source: Intel SDM Vol. 3A, "MP Initialization Protocol Algorithm for MP Systems".
[[nodiscard]] std::uint32_t start_processors(std::uint32_t count);

/// How many processors run, the boot processor included. Exits: none.
[[nodiscard]] std::uint32_t running_processors();

/// Lets the processor with this x2APIC ID do `job`; afterwards it waits in HLT again.
///
/// The interrupt's handler does the job, so that no job is lost, whether HLT was reached or not.
/// Exits: one WRMSR here, one there.
void start_job(std::uint32_t processor, Job job);

/// The x2APIC ID of the calling processor. Exits: none; its stack tells which one it is.
[[nodiscard]] std::uint32_t this_processor();

/// For jobs: spins until `condition` holds, with interrupts on meanwhile and off afterwards. It may last for
/// ever, as what the boot processor does comes to an end (arch/wait.h). Exits: none of its own.
template <typename Condition>
void spin_until(Condition condition) {
    enable_interrupts();
    while (!condition()) {
    }
    disable_interrupts();
}

}  // namespace exitscope::arch
