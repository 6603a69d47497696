// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// PAUSE in a loop, as a spin lock's waiter does it. How many exits that costs depends on the hardware: none
// without pause-loop exiting, else one for each ple_window ticks, a window that KVM lets grow and shrink.

#include "arch/instructions.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

// Longer than KVM's first window of 4096 ticks, and than its filter's 3000 PAUSEs.
void step(std::uint64_t) {
    for (std::uint64_t count = 0; count < model::pauses_per_step; ++count)
        arch::pause();
}

constexpr Price price(const Subject&) {
    return {};
}

constexpr Workload pause_loop = checked({
    .name = "pause_loop",
    .summary = "4096 times PAUSE in a loop",
    .why =
        "none where the CPU has no pause-loop exiting; else 0 to 4096, as its window decides, shown as noise",
    .source = "Intel SDM Vol. 3C, PAUSE-loop exiting; AMD APM vol. 2, Pause Intercept Filtering; Linux "
              "vmx/vmx.c, grow_ple_window()",
    .group = Group::multiprocessor,
    .interrupts = Interrupts::off_and_pausing,
    .max_iterations = 20,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(pause_loop);

}  // namespace

}  // namespace exitscope::workloads
