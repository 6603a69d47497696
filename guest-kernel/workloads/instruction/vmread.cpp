// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// VMREAD by a guest that is no hypervisor.

#include "arch/vmx_instructions.h"
#include "workloads/support/virtualization_instruction.h"

namespace exitscope::workloads {

namespace {

void step(std::uint64_t) {
    arch::vmread(0);
}

constexpr Price price(const Subject& subject) {
    return vmx_instruction_price(subject, VmxExitReason::vmread);
}

constexpr Workload vmread = vmx_instruction("vmread", "VMREAD outside VMX operation", step, price);

REGISTER_WORKLOAD(vmread);

}  // namespace

}  // namespace exitscope::workloads
