// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// CPUID exits unconditionally on VMX, and KVM always intercepts it on SVM. A canary.

#include "arch/cpuid.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

void step(std::uint64_t) {
    arch::cpuid(0, 0);
}

constexpr Price price(const Subject& subject) {
    return {.each = {{subject.reason(VmxExitReason::cpuid, SvmExitReason::cpuid)}}};
}

constexpr Workload cpuid = checked({
    .name = "cpuid",
    .summary = "CPUID leaf 0",
    .why = "CPUID exits unconditionally on VMX, and KVM always intercepts it on SVM",
    .source =
        "Intel SDM Vol. 3C, Instructions That Cause VM Exits Unconditionally; Linux svm/svm.c, init_vmcb()",
    .group = Group::canary,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(cpuid);

}  // namespace

}  // namespace exitscope::workloads
