// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// VMPTRLD by a guest that is no hypervisor.

#include "arch/vmx_instructions.h"
#include "workloads/support/virtualization_instruction.h"

namespace exitscope::workloads {

namespace {

std::uint64_t region = 0;

void step(std::uint64_t) {
    arch::vmptrld(region);
}

constexpr Price price(const Subject& subject) {
    return vmx_instruction_price(subject, VmxExitReason::vmptrld);
}

constexpr Workload vmptrld = vmx_instruction("vmptrld", "VMPTRLD outside VMX operation", step, price);

REGISTER_WORKLOAD(vmptrld);

}  // namespace

}  // namespace exitscope::workloads
