// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "runner/measure.h"

#include <algorithm>

#include "arch/page_pool.h"
#include "arch/time_stamp.h"
#include "core/subject.h"

namespace exitscope {

void measure(ExitMeter& meter, void (*step)(std::uint64_t), std::uint64_t iterations,
             std::span<std::uint64_t> ticks, Window& window) {
    const std::uint64_t timed = std::min<std::uint64_t>(iterations, ticks.size());
    arch::touch_kernel_pages();
    meter.begin();
    for (std::uint64_t index = 0; index < timed; ++index) {
        const auto before = arch::read_time_stamp();
        step(index);
        ticks[index] = arch::read_time_stamp() - before;
    }
    for (std::uint64_t index = timed; index < iterations; ++index)
        step(index);
    meter.end();
    meter.read_window(window);

    const Subject subject{.isa = window.exits.isa};
    const auto cpuid = subject.reason(VmxExitReason::cpuid, SvmExitReason::cpuid);
    if (const auto index = index_of(window.exits.isa, cpuid)) {
        window.exits.by_index[*index] -= window.reads;
        window.exits.total -= window.reads;
    }
}

}  // namespace exitscope
