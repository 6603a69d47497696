// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// Sets CR4.VME and clears it again: a bit that KVM owns, and that means nothing in 64-bit mode.

#include "arch/control_register.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

std::string_view skip_reason(const Subject& subject) {
    return subject.cpu.has(CpuFeature::vme) ? "" : "the CPU has no VME (CPUID.1:EDX bit 1)";
}

void step(std::uint64_t) {
    arch::write_cr4(kernel_cr4 | arch::cr4_virtual_8086_extensions);
    arch::write_cr4(kernel_cr4);
}

constexpr Price price(const Subject& subject) {
    return {.each = {{subject.reason(VmxExitReason::cr_access, SvmExitReason::cr4_write), 2, "cr:4"}}};
}

constexpr Workload cr4_vme_toggle = checked({
    .name = "cr4_vme_toggle",
    .summary = "set CR4.VME, clear CR4.VME",
    .why = "VMX: KVM owns the bit; SVM: KVM intercepts every write of CR4",
    .source = "Linux kvm_cache_regs.h, KVM_POSSIBLE_CR4_GUEST_BITS; svm/svm.c, init_vmcb()",
    .group = Group::control_register,
    .skip_reason = skip_reason,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(cr4_vme_toggle);

}  // namespace

}  // namespace exitscope::workloads
