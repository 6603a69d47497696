// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Finds out what the oracles need to know of the hypervisor.

#include "meter/exit_meter.h"
#include "model/subject.h"

namespace exitscope::runner {

/// Measures single steps: page touches, an end of interrupt, some instructions. Where the counters do not say
/// which paging is in force (coursework), the first touch of a fresh page shows it, by a nested fault or a
/// page fault.
///
/// `devices`: those that were found before; the I/O APIC is looked for here. Needs the page pool and, if it
/// is among the devices, the local APIC started.
[[nodiscard]] model::Subject probe_subject(const meter::CounterSource& source, meter::ExitMeter& meter,
                                           const model::CpuFeatures& cpu, const model::Devices& devices);

}  // namespace exitscope::runner
