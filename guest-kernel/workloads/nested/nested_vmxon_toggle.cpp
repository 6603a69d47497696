// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// The guest becomes a hypervisor and stops being one: VMXON and VMXOFF.

#include "arch/nested/vmx_hypervisor.h"
#include "workloads/support/nested.h"

namespace exitscope::workloads {

namespace {

std::string_view prepare(std::uint64_t) {
    arch::vmx::prepare_operation();
    return {};
}

void step(std::uint64_t) {
    arch::vmx::enter_operation();
    arch::vmx::leave_operation();
}

constexpr Price price(const Subject&) {
    return {.each = {{number_of(VmxExitReason::vmxon), 1, "hypervisor"},
                     {number_of(VmxExitReason::vmxoff), 1, "hypervisor"}}};
}

constexpr Workload nested_vmxon_toggle = checked({
    .name = "nested_vmxon_toggle",
    .summary = "VMXON and VMXOFF",
    .why = "the processor has no such instruction for a guest, so it exits always, and KVM emulates it",
    .source = "Intel SDM Vol. 3C, Instructions That Cause VM Exits Unconditionally; Linux vmx/nested.c, "
              "handle_vmxon(), handle_vmxoff()",
    .group = Group::nested,
    .skip_reason = skip_without_nested_vmx,
    .prepare = prepare,
    .step = step,
    .finish = arch::vmx::forget_operation,
    .price = price,
});

REGISTER_WORKLOAD(nested_vmxon_toggle);

}  // namespace

}  // namespace exitscope::workloads
