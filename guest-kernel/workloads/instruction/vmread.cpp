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
    return {.each = {{subject.reason(VmxExitReason::vmread, SvmExitReason::excp_ud)}}};
}

constexpr Workload vmread = vmx_instruction("vmread", "VMREAD outside VMX operation", step, price);

REGISTER_WORKLOAD(vmread);

}  // namespace

}  // namespace exitscope::workloads
