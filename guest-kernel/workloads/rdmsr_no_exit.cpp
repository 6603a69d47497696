// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// RDMSR of KERNEL_GS_BASE: KVM lets a 64-bit guest read it, so it costs nothing. A negative control.

#include "arch/msr.h"
#include "workloads/workload.h"

namespace exitscope {

namespace {

// Source: as for the workload wrmsr_no_exit.
constexpr Expected expected(const Subject&, std::uint64_t) {
    return {};
}

void run(std::uint64_t iterations) {
    for (std::uint64_t i = 0; i < iterations; ++i)
        static_cast<void>(arch::rdmsr(arch::Msr::kernel_gs_base));
}

constexpr Workload rdmsr_no_exit = checked({
    .name = "rdmsr_no_exit",
    .summary = "RDMSR of KERNEL_GS_BASE, which KVM passes through",
    .group = Group::msr,
    .run = run,
    .expected = expected,
});

REGISTER_WORKLOAD(rdmsr_no_exit);

}  // namespace

}  // namespace exitscope
