// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// Clears CR0.WP and sets it again. Under shadow paging KVM keeps other shadow page tables for a guest without
// write protection. `prepare` fills those for what a step touches meanwhile, which is its own code.

#include "arch/control_register.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

std::uint64_t cr0 = 0;

void step(std::uint64_t) {
    arch::write_cr0(cr0 & ~arch::cr0_write_protect);
    arch::write_cr0(cr0);
}

std::string_view prepare(std::uint64_t) {
    cr0 = arch::read_cr0();
    step(0);
    return {};
}

// SVM without NPT keeps the CPU's own WP set, so while the guest's is clear the two values differ, and KVM
// intercepts every write of CR0 in place of the selected ones.
constexpr Price price(const Subject& subject) {
    const bool nested = subject.paging == Paging::two_dimensional;
    if (subject.isa == InstructionSet::vmx)
        return {.each = {{number_of(VmxExitReason::cr_access), nested ? 0U : 2U, "cr:0"}}};
    return {.each = {{number_of(SvmExitReason::cr0_sel_write), nested ? 2U : 1U, "cr:0"},
                     {number_of(SvmExitReason::cr0_write), nested ? 0U : 1U, "cr:0"}}};
}

constexpr Workload cr0_wp_toggle = checked({
    .name = "cr0_wp_toggle",
    .summary = "clear CR0.WP, set CR0.WP",
    .why = "EPT: the guest owns the bit; shadow paging: KVM needs it; SVM: no bit of CR0 but TS and MP is "
           "the guest's",
    .source =
        "Linux vmx/vmx.h, vmx_l1_guest_owned_cr0_bits(); svm/svm.c, svm_set_cr0(); x86.c, kvm_post_set_cr0()",
    .group = Group::control_register,
    .prepare = prepare,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(cr0_wp_toggle);

}  // namespace

}  // namespace exitscope::workloads
