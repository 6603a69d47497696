// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Other processors that spin and take interrupts.

#include <cstdint>

#include "arch/interrupts.h"
#include "arch/local_apic.h"
#include "arch/processors.h"
#include "workloads/support/interrupts.h"

namespace exitscope::workloads {

[[nodiscard]] constexpr std::string_view skip_without_processors(const Subject& subject) {
    return subject.vcpus > 1 ? "" : "one vCPU only";
}

/// Lets the processors 1 to `count` spin with interrupts on until `stop_receivers`; returns when all do.
///
/// `on_interrupt` is called there for each `ipi_vector`, after its EOI.
void start_receivers(std::uint32_t count, void (*on_interrupt)());

/// Waits until each of them has taken `interrupts` in all and has left the handler. The next interrupt then
/// finds IF = 1, so that KVM injects it and needs no interrupt window. Exits: none.
void wait_for_receivers(std::uint64_t interrupts);

/// Ends their spinning; returns when all have ended.
void stop_receivers();

}  // namespace exitscope::workloads
