// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// A second NMI that comes while the handler of the first one runs.

#include "arch/local_apic.h"
#include "workloads/support/interrupts.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

std::uint32_t self = 0;
bool is_first = false;

void handle(arch::InterruptFrame&) {
    if (is_first) {
        is_first = false;
        arch::send_nmi(self);
    }
}

std::string_view prepare(std::uint64_t) {
    self = arch::apic_id();
    arch::set_interrupt_handler(arch::nmi_vector, handle);
    return {};
}

void step(std::uint64_t) {
    is_first = true;
    arch::send_nmi(self);
}

void finish() {
    arch::set_interrupt_handler(arch::nmi_vector, nullptr);
}

// SVM has no such window: KVM intercepts the IRET of the first, steps over it with a trap (#DB), injects the
// second, and intercepts its IRET as well. With virtual NMIs the second one pends in the CPU.
constexpr Price price(const Subject& subject) {
    Price price{.each = {interrupts_sent(subject, 2)}};
    if (subject.exits_per_nmi_iret != 0) {
        price.each.add({number_of(SvmExitReason::iret), 2});
        price.each.add({number_of(SvmExitReason::excp_db)});
    } else if (subject.isa == InstructionSet::vmx) {
        price.each.add({number_of(VmxExitReason::nmi_window)});
    }
    return price;
}

constexpr Workload nmi_window = checked({
    .name = "nmi_window",
    .summary = "an NMI to itself, and another one from its handler",
    .why = "VMX exits when the handler is over (NMI window); SVM has no such exit, so KVM intercepts IRET "
           "and steps over it, unless the CPU has virtual NMIs",
    .source = "Linux vmx/vmx.c, vmx_enable_nmi_window(); svm/svm.c, svm_enable_nmi_window()",
    .group = Group::interrupt,
    .skip_reason = skip_without_x2apic,
    .prepare = prepare,
    .step = step,
    .finish = finish,
    .price = price,
});

REGISTER_WORKLOAD(nmi_window);

}  // namespace

}  // namespace exitscope::workloads
