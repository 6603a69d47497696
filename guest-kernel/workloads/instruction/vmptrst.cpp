// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// VMPTRST by a guest that is no hypervisor.

#include "arch/vmx_instructions.h"
#include "workloads/support/virtualization_instruction.h"

namespace exitscope::workloads {

namespace {

std::uint64_t region = 0;

void step(std::uint64_t) {
    arch::vmptrst(region);
}

constexpr Price price(const Subject& subject) {
    return vmx_instruction_price(subject, VmxExitReason::vmptrst);
}

constexpr Workload vmptrst = vmx_instruction("vmptrst", "VMPTRST outside VMX operation", step, price);

REGISTER_WORKLOAD(vmptrst);

}  // namespace

}  // namespace exitscope::workloads
