// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// An interrupt that is sent while the guest holds interrupts off, and taken when it lets them in.

#include "arch/local_apic.h"
#include "workloads/support/interrupts.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

void step(std::uint64_t) {
    arch::send_self_interrupt(arch::ipi_vector);
    arch::enable_interrupts();
    arch::disable_interrupts();
}

// A host interrupt at the moment when the window opens would take the place of the window's own exit.
// With APICv the CPU holds the interrupt back and delivers it by itself: KVM has nothing to inject.
// Source: Intel SDM Vol. 3C, "Virtual-Interrupt Delivery"; Linux irq.c, kvm_cpu_has_injectable_intr().
constexpr Price price(const Subject& subject) {
    return {.each = {{subject.reason(VmxExitReason::interrupt_window, SvmExitReason::vintr),
                      subject.exits_per_eoi},
                     interrupts_sent(subject),
                     interrupts_ended(subject)}};
}

constexpr Workload interrupt_window = checked({
    .name = "interrupt_window",
    .summary = "a self-IPI while IF = 0, then STI",
    .why = "KVM cannot inject while IF is 0, so it asks for an exit when the guest opens the window; "
           "with APICv the CPU injects",
    .source = "Linux vmx/vmx.c, vmx_enable_irq_window(); svm/svm.c, svm_enable_irq_window(); irq.c, "
              "kvm_cpu_has_injectable_intr()",
    .group = Group::interrupt,
    .quiet = true,
    .max_iterations = 20,
    .skip_reason = skip_without_x2apic,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(interrupt_window);

}  // namespace

}  // namespace exitscope::workloads
