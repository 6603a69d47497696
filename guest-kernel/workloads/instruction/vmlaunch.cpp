// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// VMLAUNCH by a guest that is no hypervisor.

#include "arch/vmx_instructions.h"
#include "workloads/support/virtualization_instruction.h"

namespace exitscope::workloads {

namespace {

void step(std::uint64_t) {
    arch::vmlaunch();
}

constexpr Price price(const Subject& subject) {
    return vmx_instruction_price(subject, VmxExitReason::vmlaunch);
}

constexpr Workload vmlaunch = vmx_instruction("vmlaunch", "VMLAUNCH outside VMX operation", step, price);

REGISTER_WORKLOAD(vmlaunch);

}  // namespace

}  // namespace exitscope::workloads
