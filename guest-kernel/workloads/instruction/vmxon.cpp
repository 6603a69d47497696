// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// VMXON while the guest's CR4.VMXE is clear. The CPU's own, which KVM controls, is set.

#include "arch/vmx_instructions.h"
#include "workloads/support/virtualization_instruction.h"

namespace exitscope::workloads {

namespace {

std::uint64_t region = 0;

void step(std::uint64_t) {
    arch::vmxon(region);
}

constexpr Price price(const Subject& subject) {
    return vmx_instruction_price(subject, VmxExitReason::vmxon);
}

constexpr Workload vmxon = vmx_instruction("vmxon", "VMXON outside VMX operation", step, price);

REGISTER_WORKLOAD(vmxon);

}  // namespace

}  // namespace exitscope::workloads
