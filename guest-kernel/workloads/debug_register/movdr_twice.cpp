// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// MOV to DR7 twice behind an exit: the second one is free. KVM answers the exit by giving the guest the debug
// registers and letting it try again; a host interrupt before that takes them away again, so only quiet
// windows count.

#include "arch/cpuid.h"
#include "arch/debug_register.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

std::uint64_t dr7 = 0;

std::string_view prepare(std::uint64_t) {
    dr7 = arch::read_dr7();
    return {};
}

void step(std::uint64_t) {
    arch::cpuid(0, 0);
    arch::write_dr7(dr7);
    arch::write_dr7(dr7);
}

constexpr Price price(const Subject& subject) {
    return {.each = {{subject.reason(VmxExitReason::cpuid, SvmExitReason::cpuid)},
                     {subject.reason(VmxExitReason::dr_access, SvmExitReason::dr7_write), 1, "dr:7"}}};
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
    .prepare = prepare,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(movdr_twice);

}  // namespace

}  // namespace exitscope::workloads
