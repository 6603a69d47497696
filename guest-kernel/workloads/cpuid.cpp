// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// CPUID exits unconditionally on VMX, and KVM always intercepts it on SVM. A canary.

#include "arch/cpuid.h"
#include "workloads/workload.h"

namespace exitscope {

namespace {

// Source: Intel SDM Vol. 3C, "Instructions That Cause VM Exits Unconditionally";
// Linux 6.1, arch/x86/kvm/svm/svm.c, init_vmcb(): INTERCEPT_CPUID.
constexpr Expected expected(const Subject& subject, std::uint64_t iterations) {
    return {{subject.reason(VmxExitReason::cpuid, SvmExitReason::cpuid), iterations}};
}

void run(std::uint64_t iterations) {
    for (std::uint64_t i = 0; i < iterations; ++i)
        arch::cpuid(0, 0);
}

constexpr Workload cpuid = checked({
    .name = "cpuid",
    .summary = "CPUID leaf 0",
    .group = Group::canary,
    .run = run,
    .expected = expected,
});

REGISTER_WORKLOAD(cpuid);

}  // namespace

}  // namespace exitscope
