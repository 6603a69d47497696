// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// INT n: a software interrupt goes through the guest's own table. A negative control.

#include "arch/interrupts.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

constexpr std::uint8_t vector = 0x31;

std::string_view prepare(std::uint64_t) {
    arch::set_interrupt_handler(vector, [](arch::InterruptFrame&) {});
    return {};
}

void step(std::uint64_t) {
    arch::software_interrupt_0x31();
}

void finish() {
    arch::set_interrupt_handler(vector, nullptr);
}

constexpr Price price(const Subject&) {
    return {};
}

constexpr Workload interrupt_software = checked({
    .name = "interrupt_software",
    .summary = "INT 0x31",
    .why = "KVM intercepts no software interrupt; it goes through the guest's own table",
    .source = "Linux svm/svm.c, init_vmcb(); Intel SDM Vol. 3C, Other Causes of VM Exits",
    .group = Group::control,
    .prepare = prepare,
    .step = step,
    .finish = finish,
    .price = price,
});

REGISTER_WORKLOAD(interrupt_software);

}  // namespace

}  // namespace exitscope::workloads
