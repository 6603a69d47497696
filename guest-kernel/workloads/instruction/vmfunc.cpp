// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// VMFUNC of a guest that is no hypervisor. KVM 6.1 enables VM functions where the CPU has them, but none of
// them, so that each is an exit; 6.12 leaves them off, so that each is #UD. The run finds out beforehand
// which it is.

#include "arch/vmx_instructions.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

void step(std::uint64_t) {
    arch::vmfunc(0);
}

constexpr Price price(const Subject& subject) {
    if (subject.isa == InstructionSet::vmx)
        return {.each = {{subject.vmfunc}}};
    return {.each = {{number_of(SvmExitReason::excp_ud)}}};
}

constexpr Workload vmfunc = checked({
    .name = "vmfunc",
    .summary = "VMFUNC",
    .why = "VMX: its own exit where KVM enables VM functions (6.1 does), else #UD, which KVM intercepts; "
           "SVM: #UD",
    .source = "Intel SDM Vol. 3C, VM Functions; Linux 6.1 vmx/vmx.c, init_vmcs(): VM_FUNCTION_CONTROL; 6.12 "
              "vmx/vmx.c, vmx_secondary_exec_control()",
    .group = Group::instruction,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(vmfunc);

}  // namespace

}  // namespace exitscope::workloads
