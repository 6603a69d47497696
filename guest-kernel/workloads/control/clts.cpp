// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// Sets CR0.TS by MOV to CR0 and clears it by CLTS. A negative control: the bit is the guest's on both.

#include "arch/control_register.h"
#include "workloads/support/remember.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

std::uint64_t cr0 = 0;

void step(std::uint64_t) {
    arch::write_cr0(cr0 | arch::cr0_task_switched);
    arch::clts();
}

constexpr Price price(const Subject&) {
    return {};
}

constexpr Workload clts = checked({
    .name = "clts",
    .summary = "set CR0.TS, then CLTS",
    .why = "the guest owns CR0.TS on VMX; SVM's selective intercept of CR0 leaves TS out",
    .source = "Linux kvm_cache_regs.h, KVM_POSSIBLE_CR0_GUEST_BITS; AMD APM vol. 2, Intercept Exit Codes: "
              "CR0_SEL_WRITE",
    .group = Group::control,
    .prepare = remember<cr0, arch::read_cr0>,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(clts);

}  // namespace

}  // namespace exitscope::workloads
