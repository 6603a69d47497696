// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// VMCLEAR by a hypervisor, of a VMCS that is not current.

#include "arch/nested/vmx_hypervisor.h"
#include "arch/vmx_instructions.h"
#include "workloads/support/nested.h"

namespace exitscope::workloads {

namespace {

std::string_view prepare(std::uint64_t) {
    return arch::start_hypervisor({});
}

void step(std::uint64_t) {
    arch::vmclear(arch::vmx::spare_region());
}

constexpr Price price(const Subject&) {
    return {.each = {{number_of(VmxExitReason::vmclear), 1, "hypervisor"}}};
}

constexpr Workload nested_vmclear = checked({
    .name = "nested_vmclear",
    .summary = "VMCLEAR of a VMCS that is not current",
    .why = "the processor has no such instruction for a guest, so it exits always, and KVM emulates it",
    .source = "Intel SDM Vol. 3C, Instructions That Cause VM Exits Unconditionally; Linux vmx/nested.c, "
              "handle_vmclear()",
    .group = Group::nested,
    .skip_reason = skip_without_nested_vmx,
    .prepare = prepare,
    .step = step,
    .finish = arch::stop_hypervisor,
    .price = price,
});

REGISTER_WORKLOAD(nested_vmclear);

}  // namespace

}  // namespace exitscope::workloads
