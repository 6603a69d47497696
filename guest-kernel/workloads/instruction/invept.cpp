// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// INVEPT by a guest that is no hypervisor.

#include "arch/vmx_instructions.h"
#include "workloads/support/virtualization_instruction.h"

namespace exitscope::workloads {

namespace {

constexpr arch::InvalidateDescriptor descriptor{};

void step(std::uint64_t) {
    arch::invept(1, descriptor);
}

constexpr Price price(const Subject& subject) {
    return vmx_instruction_price(subject, VmxExitReason::invept);
}

constexpr Workload invept = vmx_instruction("invept", "INVEPT outside VMX operation", step, price);

REGISTER_WORKLOAD(invept);

}  // namespace

}  // namespace exitscope::workloads
