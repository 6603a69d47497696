// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// INVVPID by a guest that is no hypervisor.

#include "arch/vmx_instructions.h"
#include "workloads/support/virtualization_instruction.h"

namespace exitscope::workloads {

namespace {

constexpr arch::InvalidateDescriptor descriptor{};

void step(std::uint64_t) {
    arch::invvpid(2, descriptor);
}

constexpr Price price(const Subject& subject) {
    return vmx_instruction_price(subject, VmxExitReason::invvpid);
}

constexpr Workload invvpid = vmx_instruction("invvpid", "INVVPID outside VMX operation", step, price);

REGISTER_WORKLOAD(invvpid);

}  // namespace

}  // namespace exitscope::workloads
