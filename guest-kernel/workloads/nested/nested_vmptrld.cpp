// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// VMPTRLD by a hypervisor, of the VMCS that is current.

#include "arch/nested/vmx_hypervisor.h"
#include "arch/vmx_instructions.h"
#include "workloads/support/nested.h"

namespace exitscope::workloads {

namespace {

std::string_view prepare(std::uint64_t) {
    return arch::start_hypervisor({});
}

void step(std::uint64_t) {
    arch::vmptrld(arch::vmx::current_region());
}

constexpr Price price(const Subject&) {
    return {.each = {{number_of(VmxExitReason::vmptrld), 1, "hypervisor"}}};
}

constexpr Workload nested_vmptrld = checked({
    .name = "nested_vmptrld",
    .summary = "VMPTRLD of the VMCS that is current",
    .why = "the processor has no such instruction for a guest, so it exits always, and KVM emulates it",
    .source = "Intel SDM Vol. 3C, Instructions That Cause VM Exits Unconditionally; Linux vmx/nested.c, "
              "handle_vmptrld()",
    .group = Group::nested,
    .skip_reason = skip_without_nested_vmx,
    .prepare = prepare,
    .step = step,
    .finish = arch::stop_hypervisor,
    .price = price,
});

REGISTER_WORKLOAD(nested_vmptrld);

}  // namespace

}  // namespace exitscope::workloads
