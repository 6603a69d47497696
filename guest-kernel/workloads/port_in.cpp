// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// IN from port 0x21: KVM's own interrupt controller answers it, so no exit leaves the kernel. (Port 0x61
// does, under QEMU: it creates KVM's PIT without KVM_PIT_SPEAKER_DUMMY, hw/i386/kvm/i8254.c.)

#include "arch/port.h"
#include "workloads/workload.h"

namespace exitscope {

namespace {

// Source: Intel SDM Vol. 3C, "Unconditional I/O exiting"; AMD APM vol. 2, "IOIO Intercepts";
// Linux 6.1, arch/x86/kvm/i8259.c, picdev_read().
constexpr Expected expected(const Subject& subject, std::uint64_t iterations) {
    return {{subject.reason(VmxExitReason::io_instruction, SvmExitReason::ioio), iterations}};
}

void run(std::uint64_t iterations) {
    for (std::uint64_t i = 0; i < iterations; ++i)
        static_cast<void>(arch::in8(arch::Port::pic_master_mask));
}

constexpr Workload port_in = checked({
    .name = "port_in",
    .summary = "IN from port 0x21, which KVM answers in the kernel",
    .group = Group::port,
    .run = run,
    .expected = expected,
});

REGISTER_WORKLOAD(port_in);

}  // namespace

}  // namespace exitscope
