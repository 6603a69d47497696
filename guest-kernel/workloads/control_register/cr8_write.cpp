// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// Raises the task priority by MOV to CR8 and lowers it again, while no interrupt waits.

#include "arch/control_register.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

// QEMU's TCG (7.2 to 11.1) ends with a failed assertion where an interrupt window is open at the write
// (docs/emulators.md).
std::string_view skip_reason(const Subject& subject) {
    return subject.qemu_tcg ? "a guest's write of CR8 may crash QEMU's TCG" : "";
}

void step(std::uint64_t) {
    arch::write_cr8(15);
    arch::write_cr8(0);
}

constexpr Price price(const Subject&) {
    return {};
}

constexpr Workload cr8_write = checked({
    .name = "cr8_write",
    .summary = "MOV to CR8: priority 15, then 0",
    .why = "VMX has a TPR shadow; on SVM KVM intercepts the write only while an interrupt waits for a lower "
           "priority",
    .source = "Intel SDM Vol. 3C, Use TPR shadow; Linux svm/svm.c, svm_update_cr8_intercept()",
    .group = Group::control_register,
    .skip_reason = skip_reason,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(cr8_write);

}  // namespace

}  // namespace exitscope::workloads
