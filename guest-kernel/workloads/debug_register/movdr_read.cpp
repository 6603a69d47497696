// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// MOV from DR7 after an exit. A host interrupt before the access costs one more, so only quiet windows count.

#include "arch/cpuid.h"
#include "arch/debug_register.h"
#include "workloads/support/debug_register.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

void step(std::uint64_t) {
    arch::cpuid(0, 0);
    static_cast<void>(arch::read_dr7());
}

constexpr Price price(const Subject& subject) {
    return dr7_access_after_cpuid(subject, SvmExitReason::dr7_read);
}

constexpr Workload movdr_read = checked({
    .name = "movdr_read",
    .summary = "CPUID, then MOV from DR7",
    .why = "after any exit KVM asks for an exit at the next access to a debug register",
    .source = "Linux vmx/vmx.c, handle_dr(); svm/svm.c, dr_interception(); x86.c, vcpu_enter_guest(): "
              "KVM_DEBUGREG_WONT_EXIT",
    .group = Group::debug_register,
    .quiet = true,
    .max_iterations = 20,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(movdr_read);

}  // namespace

}  // namespace exitscope::workloads
