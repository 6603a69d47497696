// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// An interrupt from one vCPU to another that runs with interrupts on.

#include "workloads/support/receivers.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

constexpr std::uint32_t receiver = 1;

std::string_view prepare(std::uint64_t) {
    start_receivers(receiver, [] {});
    return {};
}

void step(std::uint64_t index) {
    arch::send_interrupt(receiver, arch::ipi_vector);
    wait_for_receivers(index + 1);
}

constexpr Price price(const Subject& subject) {
    return {.each = {interrupts_sent(subject)}};
}

constexpr Price vm_price(const Subject& subject) {
    return {.each = {interrupts_sent(subject), interrupts_ended(subject)}};
}

// Both vCPUs spin; where they share a processor of the host, each step waits for the host's next tick.
constexpr Workload ipi = checked({
    .name = "ipi",
    .summary = "an interrupt to another vCPU that spins with IF = 1",
    .why = "the sender's WRMSR exits, and the receiver's that ends it (none with APICv); to inject it KVM "
           "needs an exit that is the host's interrupt, or none",
    .source = "Linux lapic.c, __apic_accept_irq(); x86.c, kvm_vcpu_kick()",
    .group = Group::multiprocessor,
    .max_iterations = 5,
    .skip_reason = skip_without_processors,
    .prepare = prepare,
    .step = step,
    .finish = stop_receivers,
    .price = price,
    .vm_price = vm_price,
});

REGISTER_WORKLOAD(ipi);

}  // namespace

}  // namespace exitscope::workloads
