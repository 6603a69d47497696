// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// INT3, handled. A negative control: #BP is an exception that KVM leaves to the guest.

#include "arch/instructions.h"
#include "arch/interrupts.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

std::string_view prepare(std::uint64_t) {
    arch::set_interrupt_handler(arch::breakpoint_vector, [](arch::InterruptFrame&) {});
    return {};
}

void step(std::uint64_t) {
    arch::int3();
}

void finish() {
    arch::set_interrupt_handler(arch::breakpoint_vector, nullptr);
}

constexpr Price price(const Subject&) {
    return {};
}

constexpr Workload int3 = checked({
    .name = "int3",
    .summary = "INT3 with a #BP handler that returns",
    .why = "KVM intercepts #BP only while user space debugs the guest",
    .source = "Linux vmx/vmx.c, vmx_update_exception_bitmap(); svm/svm.c, init_vmcb()",
    .group = Group::control,
    .prepare = prepare,
    .step = step,
    .finish = finish,
    .price = price,
});

REGISTER_WORKLOAD(int3);

}  // namespace

}  // namespace exitscope::workloads
