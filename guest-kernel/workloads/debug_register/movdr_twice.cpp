// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// MOV to DR7 twice after an exit: the second one is free. A host interrupt before the access costs one more,
// so only quiet windows count.

#include "arch/cpuid.h"
#include "arch/debug_register.h"
#include "workloads/support/debug_register.h"
#include "workloads/support/remember.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

std::uint64_t dr7 = 0;

void step(std::uint64_t) {
    arch::cpuid(0, 0);
    arch::write_dr7(dr7);
    arch::write_dr7(dr7);
}

constexpr Price price(const Subject& subject) {
    return dr7_access_after_cpuid(subject, SvmExitReason::dr7_write);
}

constexpr Workload movdr_twice = checked({
    .name = "movdr_twice",
    .summary = "CPUID, then MOV to DR7 twice",
    .why = "the first access gives the debug registers to the guest until the next exit",
    .source = "Linux vmx/vmx.c, handle_dr(); svm/svm.c, dr_interception(); x86.c, vcpu_enter_guest(): "
              "KVM_DEBUGREG_WONT_EXIT",
    .group = Group::debug_register,
    .quiet = true,
    .max_iterations = 20,
    .prepare = remember<dr7, arch::read_dr7>,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(movdr_twice);

}  // namespace

}  // namespace exitscope::workloads
