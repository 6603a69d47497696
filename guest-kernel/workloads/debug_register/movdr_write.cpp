// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// MOV to DR7 behind an exit. KVM answers the exit by giving the guest the debug
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
}

constexpr Price price(const Subject& subject) {
    return {.each = {{subject.reason(VmxExitReason::cpuid, SvmExitReason::cpuid)},
                     {subject.reason(VmxExitReason::dr_access, SvmExitReason::dr7_write), 1, "dr:7"}}};
}

constexpr Workload movdr_write = checked({
    .name = "movdr_write",
    .summary = "CPUID, then MOV to DR7",
    .why = "after any exit KVM asks for an exit at the next access to a debug register",
    .source = "Linux vmx/vmx.c, handle_dr(); svm/svm.c, dr_interception(); x86.c, vcpu_enter_guest(): "
              "KVM_DEBUGREG_WONT_EXIT",
    .group = Group::debug_register,
    .quiet = true,
    .max_iterations = 20,
    .prepare = prepare,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(movdr_write);

}  // namespace

}  // namespace exitscope::workloads
