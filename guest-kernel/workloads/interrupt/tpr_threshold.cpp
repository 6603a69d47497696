// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// An interrupt that the task priority holds back, until MOV to CR8 lets it in.

#include "arch/control_register.h"
#include "arch/local_apic.h"
#include "workloads/support/interrupts.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

constexpr std::uint64_t highest_priority = 15;

std::string_view skip_reason(const Subject& subject) {
    return subject.qemu_tcg ? "QEMU's TCG may crash on a write of CR8 under SVM"
                            : skip_without_x2apic(subject);
}

std::string_view prepare(std::uint64_t) {
    arch::enable_interrupts();
    return {};
}

void step(std::uint64_t) {
    arch::write_cr8(highest_priority);
    arch::send_self_interrupt(arch::ipi_vector);
    arch::write_cr8(0);
}

void finish() {
    arch::disable_interrupts();
}

// SVM has no threshold: there KVM intercepts the writes of CR8 as long as the TPR holds an interrupt back.
// With APICv the threshold is not used: the CPU compares the task priority with the interrupt that waits by
// itself. Source: Intel SDM Vol. 3C, "TPR Virtualization"; Linux lapic.c, kvm_lapic_update_cr8_intercept().
constexpr Price price(const Subject& subject) {
    return {.each = {{subject.reason(VmxExitReason::tpr_below_threshold, SvmExitReason::cr8_write),
                      subject.exits_per_eoi, "cr:8"},
                     interrupts_sent(subject),
                     interrupts_ended(subject)}};
}

constexpr Workload tpr_threshold = checked({
    .name = "tpr_threshold",
    .summary = "a self-IPI below the task priority, then MOV 0 to CR8",
    .why = "writes of CR8 do not exit, but the one that falls below the threshold at which KVM has an "
           "interrupt to inject; with APICv the CPU injects",
    .source = "Linux vmx/vmx.c, vmx_update_cr8_intercept(); svm/svm.c, svm_update_cr8_intercept(); lapic.c, "
              "kvm_lapic_update_cr8_intercept()",
    .group = Group::interrupt,
    .interrupts = Interrupts::on,
    .skip_reason = skip_reason,
    .prepare = prepare,
    .step = step,
    .finish = finish,
    .price = price,
});

REGISTER_WORKLOAD(tpr_threshold);

}  // namespace

}  // namespace exitscope::workloads
