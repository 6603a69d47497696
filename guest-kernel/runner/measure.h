// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// One window around one piece of work.

#include <cstdint>
#include <span>

#include "meter/exit_meter.h"
#include "model/expected.h"

namespace exitscope::runner {

/// Whose exits a window holds.
enum class WindowScope : bool { vcpu, vcpu_and_vm };

/// Calls `step` with 0 to `iterations - 1` in a window of `meter` and writes its exits, without the
/// measuring's own.
///
/// `ticks`: how many TSC ticks the guest saw go by in each step; the steps after its end are not timed.
/// `likely`: the reasons that are expected, which makes reading cheaper and changes nothing else.
/// `scope`: whether the exits of all vCPUs are measured as well.
/// The kernel's own pages are touched first, so that none of their exits falls into the window.
void measure(meter::ExitMeter& meter, void (*step)(std::uint64_t), std::uint64_t iterations,
             std::span<std::uint64_t> ticks, meter::Window& window, const model::Expected& likely = {},
             WindowScope scope = WindowScope::vcpu);

}  // namespace exitscope::runner
