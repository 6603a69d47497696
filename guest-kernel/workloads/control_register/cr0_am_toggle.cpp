// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// Sets CR0.AM and clears it again: a bit that KVM owns.

#include "arch/control_register.h"
#include "workloads/support/remember.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

std::uint64_t cr0 = 0;

void step(std::uint64_t) {
    arch::write_cr0(cr0 | arch::cr0_alignment_mask);
    arch::write_cr0(cr0);
}

constexpr Price price(const Subject& subject) {
    return {.each = {{subject.reason(VmxExitReason::cr_access, SvmExitReason::cr0_sel_write), 2, "cr:0"}}};
}

constexpr Workload cr0_am_toggle = checked({
    .name = "cr0_am_toggle",
    .summary = "set CR0.AM, clear CR0.AM",
    .why =
        "VMX: KVM owns every bit of CR0 but TS and WP; SVM: the selective intercept covers all but TS and MP",
    .source = "Linux kvm_cache_regs.h, KVM_POSSIBLE_CR0_GUEST_BITS; svm/svm.c, svm_set_cr0()",
    .group = Group::control_register,
    .prepare = remember<cr0, arch::read_cr0>,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(cr0_am_toggle);

}  // namespace

}  // namespace exitscope::workloads
