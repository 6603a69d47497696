// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// VMWRITE by a guest that is no hypervisor.

#include "arch/vmx_instructions.h"
#include "workloads/support/virtualization_instruction.h"

namespace exitscope::workloads {

namespace {

void step(std::uint64_t) {
    arch::vmwrite(0, 0);
}

constexpr Price price(const Subject& subject) {
    return vmx_instruction_price(subject, VmxExitReason::vmwrite);
}

constexpr Workload vmwrite = vmx_instruction("vmwrite", "VMWRITE outside VMX operation", step, price);

REGISTER_WORKLOAD(vmwrite);

}  // namespace

}  // namespace exitscope::workloads
