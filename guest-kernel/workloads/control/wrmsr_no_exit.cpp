// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// WRMSR of KERNEL_GS_BASE: KVM lets a 64-bit guest have it, so it costs nothing. A negative control.

#include "arch/msr.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

void step(std::uint64_t index) {
    arch::wrmsr(arch::Msr::kernel_gs_base, index);
}

constexpr Price price(const Subject&) {
    return {};
}

constexpr Workload wrmsr_no_exit = checked({
    .name = "wrmsr_no_exit",
    .summary = "WRMSR of KERNEL_GS_BASE, which KVM passes through",
    .why = "SWAPGS changes it anyway, so KVM lets a 64-bit guest have the register and saves it at the exit",
    .source = "Linux vmx/vmx.c, vmx_possible_passthrough_msrs[]; svm/svm.c, direct_access_msrs[]",
    .group = Group::control,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(wrmsr_no_exit);

}  // namespace

}  // namespace exitscope::workloads
