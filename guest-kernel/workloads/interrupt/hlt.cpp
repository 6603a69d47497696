// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// HLT with an interrupt pending: it is executed, and ends at once.

#include "arch/local_apic.h"
#include "workloads/support/interrupts.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

std::string_view prepare(std::uint64_t) {
    return check_interrupts();
}

void step(std::uint64_t) {
    arch::send_self_interrupt(arch::ipi_vector);
    arch::halt_until_interrupt();
}

// STI holds the interrupt back until HLT was executed, so no interrupt window opens before it.
constexpr Price price(const Subject& subject) {
    return {.each = {{subject.reason(VmxExitReason::hlt, SvmExitReason::hlt)},
                     interrupts_sent(subject),
                     interrupts_ended(subject)}};
}

constexpr Workload hlt = checked({
    .name = "hlt",
    .summary = "HLT with an interrupt pending",
    .why = "HLT exits even if it need not wait; one WRMSR sends the interrupt, one ends it (none with APICv)",
    .source = "Intel SDM Vol. 2, STI; Linux x86.c, kvm_emulate_halt()",
    .group = Group::interrupt,
    .interrupts = Interrupts::on,
    .skip_reason = skip_without_x2apic,
    .prepare = prepare,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(hlt);

}  // namespace

}  // namespace exitscope::workloads
