// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// PAUSE, once every few thousand ticks. A negative control: pause-loop exiting and the pause filter count
// only PAUSEs that follow one another within KVM's ple_gap or pause_filter_thresh, 128 ticks by default.

#include "arch/instructions.h"
#include "arch/time_stamp.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

constexpr std::uint64_t ticks_apart = 4000;

void step(std::uint64_t) {
    const auto start = arch::read_time_stamp();
    while (arch::read_time_stamp() - start < ticks_apart) {
    }
    arch::pause();
}

constexpr Price price(const Subject&) {
    return {};
}

constexpr Workload pause = checked({
    .name = "pause",
    .summary = "PAUSE, long after the one before",
    .why = "KVM asks for an exit only after a long loop of PAUSEs close to each other",
    .source = "Intel SDM Vol. 3C, PAUSE-loop exiting; AMD APM vol. 2, Pause Intercept Filtering; Linux "
              "x86.h, KVM_DEFAULT_PLE_GAP",
    .group = Group::control,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(pause);

}  // namespace

}  // namespace exitscope::workloads
