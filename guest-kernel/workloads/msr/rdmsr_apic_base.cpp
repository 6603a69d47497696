// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// RDMSR of APIC_BASE, which belongs to KVM's own local APIC.

#include "arch/msr.h"
#include "workloads/support/msr.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

void step(std::uint64_t) {
    static_cast<void>(arch::rdmsr(arch::Msr::apic_base));
}

constexpr Price price(const Subject& subject) {
    return {.each = {{msr_read(subject), 1, "msr:0x1b"}}};
}

constexpr Workload rdmsr_apic_base = checked({
    .name = "rdmsr_apic_base",
    .summary = "RDMSR of APIC_BASE",
    .why = "the register belongs to KVM's local APIC, not to the CPU's",
    .source = "Linux vmx/vmx.c, vmx_possible_passthrough_msrs[]; svm/svm.c, direct_access_msrs[]",
    .group = Group::msr,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(rdmsr_apic_base);

}  // namespace

}  // namespace exitscope::workloads
