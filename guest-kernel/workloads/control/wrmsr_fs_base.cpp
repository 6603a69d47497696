// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// WRMSR of FS_BASE. A negative control: a segment's base is part of the guest's state that the CPU switches.

#include "arch/msr.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

void step(std::uint64_t) {
    arch::wrmsr(arch::Msr::fs_base, 0);
}

constexpr Price price(const Subject&) {
    return {};
}

constexpr Workload wrmsr_fs_base = checked({
    .name = "wrmsr_fs_base",
    .summary = "WRMSR of FS_BASE, the same value",
    .why = "the CPU switches it with the guest's segments, so KVM passes it through",
    .source = "Linux vmx/vmx.c, vmx_possible_passthrough_msrs[]; svm/svm.c, direct_access_msrs[]",
    .group = Group::control,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(wrmsr_fs_base);

}  // namespace

}  // namespace exitscope::workloads
