// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// Workloads that never end, one with interrupts and one without. tests/lab/faults.bats looks at what is made
// of a guest that hangs in them.

#include <cstdint>

#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

[[noreturn]] void hang() {
    for (;;)
        asm volatile("pause");
}

constexpr Workload with_interrupts = checked({
    .name = "hang_with_interrupts",
    .summary = "never ends, and takes interrupts",
    .why = "the host ends it",
    .source = "tests/lab/faults.bats",
    .group = Group::instruction,
    .interrupts = Interrupts::on,
    .step = [](std::uint64_t) { hang(); },
    .price = [](const Subject&) { return Price{}; },
});

constexpr Workload without_interrupts = checked({
    .name = "hang_without_interrupts",
    .summary = "never ends, and takes no interrupt",
    .why = "the host ends it",
    .source = "tests/lab/faults.bats",
    .group = Group::instruction,
    .step =
        [](std::uint64_t) {
            asm volatile("cli");
            hang();
        },
    .price = [](const Subject&) { return Price{}; },
});

REGISTER_WORKLOAD(with_interrupts);
REGISTER_WORKLOAD(without_interrupts);

}  // namespace

}  // namespace exitscope::workloads
