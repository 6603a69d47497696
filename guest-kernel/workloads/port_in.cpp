// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// IN from port 0x61: KVM's own PIT answers it, so no exit leaves the kernel.

#include "arch/port.h"
#include "workloads/workload.h"

namespace exitscope {

namespace {

// Source: Intel SDM Vol. 3C, "Unconditional I/O exiting"; AMD APM vol. 2, "IOIO Intercepts";
// Linux 6.1, arch/x86/kvm/i8254.c, speaker_ioport_read().
constexpr Expected expected(const Subject& subject, std::uint64_t iterations) {
    return {{subject.reason(VmxExitReason::io_instruction, SvmExitReason::ioio), iterations}};
}

void run(std::uint64_t iterations) {
    for (std::uint64_t i = 0; i < iterations; ++i)
        static_cast<void>(arch::in8(arch::Port::system_control_b));
}

constexpr Workload port_in = checked({
    .name = "port_in",
    .summary = "IN from port 0x61, which KVM answers",
    .group = Group::port,
    .run = run,
    .expected = expected,
});

REGISTER_WORKLOAD(port_in);

}  // namespace

}  // namespace exitscope
