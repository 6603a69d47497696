// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// REP INSB: all its bytes come in at one exit, because KVM reads ahead what fits into the page. The buffer
// is aligned, so that it lies in one page.

#include <array>

#include "arch/port.h"
#include "workloads/support/port.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

alignas(64) std::array<std::uint8_t, 64> bytes{};

void step(std::uint64_t) {
    arch::in8(arch::Port::post_code, bytes);
}

constexpr Price price(const Subject& subject) {
    return port_string(subject, 1, "port:0x80");
}

constexpr Workload port_in_string = checked({
    .name = "port_in_string",
    .summary = "REP INSB of 64 bytes from port 0x80",
    .why = "KVM reads ahead the elements of a string instruction and stores them before it enters the guest "
           "again",
    .source = "Linux emulate.c, pio_in_emulated() and x86_emulate_insn()",
    .group = Group::port,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(port_in_string);

}  // namespace

}  // namespace exitscope::workloads
