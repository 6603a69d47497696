// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// One window around one piece of work.

#include <cstdint>

#include "counters/exit_meter.h"

namespace exitscope {

/// Runs `run(iterations)` in a window of `meter` and writes its exits, without the measuring's own.
///
/// The kernel's own pages are touched first, so that none of their exits falls into the window.
void measure(ExitMeter& meter, void (*run)(std::uint64_t), std::uint64_t iterations, Window& window);

}  // namespace exitscope
