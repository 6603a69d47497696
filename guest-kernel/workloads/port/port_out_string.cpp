// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// REP OUTSB to a port of user space: KVM hands over one element at a time.

#include "arch/port.h"
#include "workloads/support/port.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

constexpr std::string_view bytes = "0123";

void step(std::uint64_t) {
    arch::out8(arch::Port::post_code, bytes);
}

constexpr Price price(const Subject& subject) {
    return port_string(subject, std::uint32_t{bytes.size()}, "port:0x80");
}

constexpr Workload port_out_string = checked({
    .name = "port_out_string",
    .summary = "REP OUTSB of 4 bytes to port 0x80",
    .why = "one exit an element, because each goes out to user space and KVM then enters the guest again",
    .source = "Linux x86.c, emulator_pio_in_out() and x86_emulate_instruction(): arch.pio.count",
    .group = Group::port,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(port_out_string);

}  // namespace

}  // namespace exitscope::workloads
