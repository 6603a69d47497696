// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// OUT to port 0x80: nothing in KVM claims it, so every exit goes on to user space.

#include "arch/port.h"
#include "workloads/support/port.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

void step(std::uint64_t) {
    arch::out8(arch::Port::post_code, 0);
}

constexpr Price price(const Subject& subject) {
    return {.each = {{port_access(subject), 1, "port:0x80"}}};
}

constexpr Workload port_out = checked({
    .name = "port_out",
    .summary = "OUT to port 0x80, which user space handles",
    .why = "KVM intercepts every port; nothing in the kernel claims this one",
    .source = "Intel SDM Vol. 3C, Unconditional I/O exiting; AMD APM vol. 2, IOIO Intercepts",
    .group = Group::port,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(port_out);

}  // namespace

}  // namespace exitscope::workloads
