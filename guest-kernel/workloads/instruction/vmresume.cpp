// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// VMRESUME by a guest that is no hypervisor.

#include "arch/vmx_instructions.h"
#include "workloads/support/virtualization_instruction.h"

namespace exitscope::workloads {

namespace {

void step(std::uint64_t) {
    arch::vmresume();
}

constexpr Price price(const Subject& subject) {
    return vmx_instruction_price(subject, VmxExitReason::vmresume);
}

constexpr Workload vmresume = vmx_instruction("vmresume", "VMRESUME outside VMX operation", step, price);

REGISTER_WORKLOAD(vmresume);

}  // namespace

}  // namespace exitscope::workloads
