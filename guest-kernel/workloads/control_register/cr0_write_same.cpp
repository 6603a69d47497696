// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// MOV to CR0 of the value that it has.

#include "arch/control_register.h"
#include "workloads/support/remember.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

std::uint64_t cr0 = 0;

void step(std::uint64_t) {
    arch::write_cr0(cr0);
}

constexpr Price price(const Subject&) {
    return {};
}

constexpr Workload cr0_write_same = checked({
    .name = "cr0_write_same",
    .summary = "MOV to CR0, the same value",
    .why = "no bit changes that KVM owns (VMX) or that the selective intercept covers (SVM)",
    .source = "Intel SDM Vol. 3C, Guest/Host Masks and Read Shadows for CR0 and CR4; Linux svm/svm.c, "
              "svm_set_cr0()",
    .group = Group::control_register,
    .prepare = remember<cr0, arch::read_cr0>,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(cr0_write_same);

}  // namespace

}  // namespace exitscope::workloads
