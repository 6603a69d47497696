// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// RDMSR of SYSENTER_CS. A negative control: VMCS and VMCB hold it for the guest.

#include "arch/msr.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

void step(std::uint64_t) {
    static_cast<void>(arch::rdmsr(arch::Msr::sysenter_cs));
}

constexpr Price price(const Subject&) {
    return {};
}

constexpr Workload rdmsr_sysenter_cs = checked({
    .name = "rdmsr_sysenter_cs",
    .summary = "RDMSR of SYSENTER_CS",
    .why = "the CPU switches it with the guest, so KVM passes it through",
    .source = "Linux vmx/vmx.c, vmx_possible_passthrough_msrs[]; svm/svm.c, direct_access_msrs[]",
    .group = Group::control,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(rdmsr_sysenter_cs);

}  // namespace

}  // namespace exitscope::workloads
