// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// Sets CR4.PGE and clears it again, a guest's way to flush its whole TLB.

#include "arch/control_register.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

std::string_view skip_reason(const Subject& subject) {
    return subject.cpu.has(CpuFeature::global_pages) ? ""
                                                     : "the CPU has no global pages (CPUID.1:EDX bit 13)";
}

void step(std::uint64_t) {
    arch::write_cr4(kernel_cr4 | arch::cr4_global_pages);
    arch::write_cr4(kernel_cr4);
}

constexpr Price price(const Subject& subject) {
    if (subject.isa == InstructionSet::vmx && subject.paging == Paging::two_dimensional)
        return {};
    return {.each = {{subject.reason(VmxExitReason::cr_access, SvmExitReason::cr4_write), 2, "cr:4"}}};
}

constexpr Workload cr4_pge_toggle = checked({
    .name = "cr4_pge_toggle",
    .summary = "set CR4.PGE, clear CR4.PGE",
    .why = "EPT: the guest owns the bit; shadow paging: KVM has to see the flush; SVM: KVM intercepts every "
           "write of CR4",
    .source = "Linux vmx/vmx.c, set_cr4_guest_host_mask(); svm/svm.c, init_vmcb(); x86.c, kvm_post_set_cr4()",
    .group = Group::control_register,
    .skip_reason = skip_reason,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(cr4_pge_toggle);

}  // namespace

}  // namespace exitscope::workloads
