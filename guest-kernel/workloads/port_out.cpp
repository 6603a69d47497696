// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// OUT to port 0x80: nothing in KVM claims it, so every exit goes on to user space.

#include "arch/port.h"
#include "workloads/workload.h"

namespace exitscope {

namespace {

// Source: Intel SDM Vol. 3C, "Unconditional I/O exiting"; AMD APM vol. 2, "IOIO Intercepts".
constexpr Expected expected(const Subject& subject, std::uint64_t iterations) {
    return {{subject.reason(VmxExitReason::io_instruction, SvmExitReason::ioio), iterations}};
}

void run(std::uint64_t iterations) {
    for (std::uint64_t i = 0; i < iterations; ++i)
        arch::out8(arch::Port::post_code, 0);
}

constexpr Workload port_out = checked({
    .name = "port_out",
    .summary = "OUT to port 0x80, which user space handles",
    .group = Group::port,
    .run = run,
    .expected = expected,
});

REGISTER_WORKLOAD(port_out);

}  // namespace

}  // namespace exitscope
