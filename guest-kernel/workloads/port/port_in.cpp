// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// IN from port 0x21: KVM's own interrupt controller handles it, so no exit leaves the kernel. (With port 0x61
// it would, under QEMU, which creates KVM's PIT without KVM_PIT_SPEAKER_DUMMY, hw/i386/kvm/i8254.c.)

#include "arch/port.h"
#include "workloads/support/device.h"
#include "workloads/support/port.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

void step(std::uint64_t) {
    static_cast<void>(arch::in8(arch::Port::pic_master_mask));
}

constexpr Price price(const Subject& subject) {
    return {.each = {{port_access(subject), 1, "port:0x21"}}};
}

constexpr Workload port_in = checked({
    .name = "port_in",
    .summary = "IN from port 0x21, which KVM answers in the kernel",
    .why = "KVM intercepts every port; its own interrupt controller answers this one",
    .source = "Intel SDM Vol. 3C, Unconditional I/O exiting; AMD APM vol. 2, IOIO Intercepts; Linux i8259.c, "
              "picdev_read()",
    .group = Group::port,
    .skip_reason = skip_without<Device::interrupt_controller>,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(port_in);

}  // namespace

}  // namespace exitscope::workloads
