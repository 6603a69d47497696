// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// VMCLEAR by a guest that is no hypervisor.

#include "arch/vmx_instructions.h"
#include "workloads/support/virtualization_instruction.h"

namespace exitscope::workloads {

namespace {

std::uint64_t region = 0;

void step(std::uint64_t) {
    arch::vmclear(region);
}

constexpr Price price(const Subject& subject) {
    return vmx_instruction_price(subject, VmxExitReason::vmclear);
}

constexpr Workload vmclear = vmx_instruction("vmclear", "VMCLEAR outside VMX operation", step, price);

REGISTER_WORKLOAD(vmclear);

}  // namespace

}  // namespace exitscope::workloads
