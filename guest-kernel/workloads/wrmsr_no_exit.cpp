// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// WRMSR of KERNEL_GS_BASE: KVM lets a 64-bit guest write it, so it costs nothing. A negative control.

#include "arch/msr.h"
#include "workloads/workload.h"

namespace exitscope {

namespace {

// Source: Linux 6.1, arch/x86/kvm/vmx/vmx.c, vmx_possible_passthrough_msrs[]; arch/x86/kvm/svm/svm.c,
// direct_access_msrs[]: MSR_KERNEL_GS_BASE.
constexpr Expected expected(const Subject&, std::uint64_t) {
    return {};
}

void run(std::uint64_t iterations) {
    for (std::uint64_t i = 0; i < iterations; ++i)
        arch::wrmsr(arch::Msr::kernel_gs_base, i);
}

constexpr Workload wrmsr_no_exit = checked({
    .name = "wrmsr_no_exit",
    .summary = "WRMSR of KERNEL_GS_BASE, which KVM passes through",
    .group = Group::msr,
    .run = run,
    .expected = expected,
});

REGISTER_WORKLOAD(wrmsr_no_exit);

}  // namespace

}  // namespace exitscope
