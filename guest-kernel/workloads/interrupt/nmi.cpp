// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// An NMI that the guest sends itself.

#include "arch/local_apic.h"
#include "workloads/support/interrupts.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

std::uint32_t self = 0;

std::string_view prepare(std::uint64_t) {
    self = arch::apic_id();
    arch::set_interrupt_handler(arch::nmi_vector, [](arch::InterruptFrame&) {});
    return {};
}

void step(std::uint64_t) {
    arch::send_nmi(self);
}

void finish() {
    arch::set_interrupt_handler(arch::nmi_vector, nullptr);
}

// With virtual NMIs, as all VMX has them, the CPU itself keeps track of the handler's end. On SVM without,
// KVM has to intercept IRET.
constexpr Price price(const Subject& subject) {
    Price price{.each = {interrupts_sent(subject)}};
    if (subject.exits_per_nmi_iret != 0)
        price.each.add({number_of(SvmExitReason::iret)});
    return price;
}

constexpr Workload nmi = checked({
    .name = "nmi",
    .summary = "an NMI to itself",
    .why = "WRMSR sends it, KVM injects it with the next entry; SVM intercepts the IRET that unblocks NMIs, "
           "unless the CPU has virtual NMIs, as VMX has",
    .source = "Linux svm/svm.c, svm_inject_nmi(); vmx/vmx.c, vmx_inject_nmi()",
    .group = Group::interrupt,
    .skip_reason = skip_without_x2apic,
    .prepare = prepare,
    .step = step,
    .finish = finish,
    .price = price,
});

REGISTER_WORKLOAD(nmi);

}  // namespace

}  // namespace exitscope::workloads
