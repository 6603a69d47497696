// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// WRMSR of EFER with the value that it has: KVM always intercepts this register.

#include "arch/msr.h"
#include "workloads/workload.h"

namespace exitscope {

namespace {

std::uint64_t efer = 0;

// Source: Linux 6.1, EFER is neither in arch/x86/kvm/vmx/vmx.c, vmx_possible_passthrough_msrs[], nor
// always allowed in arch/x86/kvm/svm/svm.c, direct_access_msrs[]. SVM has one code for both directions.
constexpr Expected expected(const Subject& subject, std::uint64_t iterations) {
    return {{subject.reason(VmxExitReason::msr_write, SvmExitReason::msr), iterations}};
}

std::string_view prepare(std::uint64_t) {
    efer = arch::rdmsr(arch::Msr::efer);
    return {};
}

void run(std::uint64_t iterations) {
    for (std::uint64_t i = 0; i < iterations; ++i)
        arch::wrmsr(arch::Msr::efer, efer);
}

constexpr Workload wrmsr = checked({
    .name = "wrmsr",
    .summary = "WRMSR of EFER, the same value",
    .group = Group::msr,
    .prepare = prepare,
    .run = run,
    .expected = expected,
});

REGISTER_WORKLOAD(wrmsr);

}  // namespace

}  // namespace exitscope
