// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// A self-IPI with a vector that no interrupt may have: no priority is low enough to let it in.

#include "arch/local_apic.h"
#include "workloads/support/interrupts.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

/// Vectors below 16 are the exceptions'. Source: Intel SDM Vol. 3A, "Valid Interrupt Vectors".
constexpr std::uint8_t illegal_vector = 5;

// KVM takes the vector for one that waits, until the APIC's reset. VMX's TPR threshold is its priority, 0,
// which no TPR is below; but SVM's CR8 is intercepted while the TPR is not below that priority, so always.
// Source: Linux lapic.c, kvm_lapic_update_cr8_intercept(); svm/svm.c, svm_update_cr8_intercept().
std::string_view skip_reason(const Subject& subject) {
    return subject.isa == InstructionSet::svm ? "KVM would intercept each later write of CR8"
                                              : skip_without_x2apic(subject);
}

std::string_view prepare(std::uint64_t) {
    arch::enable_interrupts();
    return {};
}

void step(std::uint64_t) {
    arch::write_self_ipi(illegal_vector);
}

void finish() {
    arch::disable_interrupts();
}

// With APICv the CPU leaves such a vector to KVM, after the write.
constexpr Price price(const Subject& subject) {
    if (has_apicv(subject))
        return {.each = {{number_of(VmxExitReason::apic_write), 1, "msr:0x83f"}}};
    return {.each = {{msr_write(subject), 1, "msr:0x83f"}}};
}

constexpr Workload self_ipi_illegal = checked({
    .name = "self_ipi_illegal",
    .summary = "WRMSR of the x2APIC SELF_IPI register with vector 5, which is illegal",
    .why = "KVM is the APIC, so the WRMSR exits; with APICv the CPU writes and exits after that, since it "
           "delivers no vector below 16",
    .source = "Intel SDM Vol. 3C, Virtualizing MSR-Based APIC Accesses; Linux lapic.c, "
              "kvm_apic_write_nodecode()",
    .group = Group::interrupt,
    .interrupts = Interrupts::on,
    .skip_reason = skip_reason,
    .prepare = prepare,
    .step = step,
    .finish = finish,
    .price = price,
});

REGISTER_WORKLOAD(self_ipi_illegal);

}  // namespace

}  // namespace exitscope::workloads
