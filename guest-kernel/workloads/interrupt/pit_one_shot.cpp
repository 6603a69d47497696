// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// The 8254's channel 0, one shot, through the 8259 to the CPU, and waiting for it without HLT.

#include "devices/interval_timer.h"
#include "workloads/support/interrupts.h"
#include "workloads/support/port.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

/// Some 60 us: KVM's PIT takes no shorter time.
constexpr std::uint16_t wait_ticks = 72;

std::string_view skip_reason(const Subject& subject) {
    if (const auto missing = skip_without_x2apic(subject); !missing.empty())
        return missing;
    return skip_without<Device::interrupt_controller, Device::interval_timer>(subject);
}

std::string_view prepare(std::uint64_t) {
    devices::open_interval_timer();
    return {};
}

void step(std::uint64_t) {
    devices::arm_interval_timer(wait_ticks);
    wait_for_interrupt(devices::interval_timer_vector, "the interrupt of the 8254 did not come");
}

void finish() {
    devices::close_interval_timer();
}

constexpr Price price(const Subject& subject) {
    const auto io = port_access(subject);
    return {.each = {{io, 1, "port:0x43"}, {io, 2, "port:0x40"}, {io, 1, "port:0x20"}}};
}

constexpr Workload pit_one_shot = checked({
    .name = "pit_one_shot",
    .summary = "the 8254 interval timer, one shot, and its interrupt",
    .why = "three OUTs arm the timer, one ends its interrupt; KVM has the 8254 and the 8259 in the kernel",
    .source = "Linux i8254.c, pit_ioport_write(); i8259.c, picdev_write()",
    .group = Group::interrupt,
    .interrupts = Interrupts::on,
    .max_iterations = 20,
    .skip_reason = skip_reason,
    .prepare = prepare,
    .step = step,
    .finish = finish,
    .price = price,
});

REGISTER_WORKLOAD(pit_one_shot);

}  // namespace

}  // namespace exitscope::workloads
