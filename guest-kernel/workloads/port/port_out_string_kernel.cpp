// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// REP OUTSB to port 0x21, the mask of KVM's own interrupt controller: KVM stays in its emulator from one
// element to the next. All bytes are 0xff, which masks everything, as this kernel always does.

#include "arch/port.h"
#include "workloads/support/device.h"
#include "workloads/support/port.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

constexpr std::string_view bytes = "\377\377\377\377\377\377\377\377\377\377\377\377\377\377\377\377";

static_assert(bytes.size() == 16);

void step(std::uint64_t) {
    arch::out8(arch::Port::pic_master_mask, bytes);
}

constexpr Price price(const Subject& subject) {
    return port_string(subject, 1, "port:0x21");
}

constexpr Workload port_out_string_kernel = checked({
    .name = "port_out_string_kernel",
    .summary = "REP OUTSB of 16 bytes to port 0x21, which KVM answers in the kernel",
    .why = "KVM emulates up to 1024 elements before it enters the guest again, as no exit leaves the kernel",
    .source = "Linux x86.c, emulator_pio_in_out(); emulate.c, x86_emulate_insn(): EMULATION_RESTART",
    .group = Group::port,
    .skip_reason = skip_without<Device::interrupt_controller>,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(port_out_string_kernel);

}  // namespace

}  // namespace exitscope::workloads
