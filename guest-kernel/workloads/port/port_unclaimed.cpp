// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// IN from a port without a device: the exit is the same, user space returns 0xff.

#include "arch/port.h"
#include "workloads/support/port.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

void step(std::uint64_t) {
    static_cast<void>(arch::in8(arch::Port::unclaimed));
}

constexpr Price price(const Subject& subject) {
    return {.each = {{port_access(subject), 1, "port:0x1234"}}};
}

constexpr Workload port_unclaimed = checked({
    .name = "port_unclaimed",
    .summary = "IN from port 0x1234, where no device is",
    .why = "KVM intercepts every port, whether there is a device or not",
    .source = "Intel SDM Vol. 3C, Unconditional I/O exiting; AMD APM vol. 2, IOIO Intercepts",
    .group = Group::port,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(port_unclaimed);

}  // namespace

}  // namespace exitscope::workloads
