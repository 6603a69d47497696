// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "runner/measure.h"

#include "arch/page_pool.h"
#include "core/subject.h"

namespace exitscope {

void measure(ExitMeter& meter, void (*run)(std::uint64_t), std::uint64_t iterations, Window& window) {
    arch::touch_kernel_pages();
    meter.begin();
    run(iterations);
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
