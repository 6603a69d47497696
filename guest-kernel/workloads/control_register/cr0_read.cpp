// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// MOV from CR0. On VMX the CPU returns the read shadow; KVM intercepts it on SVM only while the CPU holds
// another value than the guest's.

#include "arch/control_register.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

void step(std::uint64_t) {
    static_cast<void>(arch::read_cr0());
}

constexpr Price price(const Subject&) {
    return {};
}

constexpr Workload cr0_read = checked({
    .name = "cr0_read",
    .summary = "MOV from CR0",
    .why = "VMX has a read shadow; SVM: the CPU holds the guest's own value as long as paging and write "
           "protection are on",
    .source = "Intel SDM Vol. 3C, Guest/Host Masks and Read Shadows for CR0 and CR4; Linux svm/svm.c, "
              "svm_set_cr0()",
    .group = Group::control_register,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(cr0_read);

}  // namespace

}  // namespace exitscope::workloads
