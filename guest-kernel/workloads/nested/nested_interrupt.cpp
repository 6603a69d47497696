// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// An interrupt that the hypervisor injects: the nested guest runs its handler, and then a hypercall.

#include "arch/interrupts.h"
#include "arch/local_apic.h"
#include "workloads/support/nested.h"

namespace exitscope::workloads {

namespace {

constexpr std::uint8_t vector = arch::ipi_vector;

void step(std::uint64_t) {
    arch::inject_into_nested(vector);
    do_nested(arch::nested_call);
}

std::string_view prepare(std::uint64_t) {
    arch::set_interrupt_handler(vector, [](arch::InterruptFrame&) {});
    if (const auto problem = prepare_nested({}, arch::nested_call); !problem.empty())
        return problem;
    const auto before = arch::interrupts_taken(vector);
    step(0);
    return arch::interrupts_taken(vector) == before + 1 ? "" : "the interrupt that was injected did not come";
}

void finish() {
    arch::stop_hypervisor();
    arch::set_interrupt_handler(vector, nullptr);
}

constexpr Price price(const Subject& subject) {
    Price price = nested_call_turn(subject);
    price.each.add(nested_fields_written(subject));
    return price;
}

constexpr Workload nested_interrupt = checked({
    .name = "nested_interrupt",
    .summary = "an interrupt injected into a nested guest, and a hypercall",
    .why = "the hypervisor writes the event into its control block, and KVM copies it to the one that the "
           "CPU delivers it from",
    .source = "AMD APM vol. 2, Event Injection; Linux svm/nested.c, nested_vmcb02_prepare_control(); "
              "vmx/nested.c, prepare_vmcs02_early()",
    .group = Group::nested,
    .skip_reason = skip_without_nested,
    .prepare = prepare,
    .step = step,
    .finish = finish,
    .price = price,
});

REGISTER_WORKLOAD(nested_interrupt);

}  // namespace

}  // namespace exitscope::workloads
