// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// VMXOFF by a guest that is no hypervisor.

#include "arch/vmx_instructions.h"
#include "workloads/support/virtualization_instruction.h"

namespace exitscope::workloads {

namespace {

void step(std::uint64_t) {
    arch::vmxoff();
}

constexpr Price price(const Subject& subject) {
    return vmx_instruction_price(subject, VmxExitReason::vmxoff);
}

constexpr Workload vmxoff = vmx_instruction("vmxoff", "VMXOFF outside VMX operation", step, price);

REGISTER_WORKLOAD(vmxoff);

}  // namespace

}  // namespace exitscope::workloads
