// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// VMPTRST by a hypervisor.

#include "arch/nested/vmx_hypervisor.h"
#include "arch/vmx_instructions.h"
#include "workloads/support/nested.h"

namespace exitscope::workloads {

namespace {

std::string_view prepare(std::uint64_t) {
    return arch::start_hypervisor({});
}

void step(std::uint64_t) {
    std::uint64_t current = 0;
    arch::vmptrst(current);
}

constexpr Price price(const Subject&) {
    return {.each = {{number_of(VmxExitReason::vmptrst), 1, "hypervisor"}}};
}

constexpr Workload nested_vmptrst = checked({
    .name = "nested_vmptrst",
    .summary = "VMPTRST of a hypervisor",
    .why = "the processor has no such instruction for a guest, so it exits always, and KVM emulates it",
    .source = "Intel SDM Vol. 3C, Instructions That Cause VM Exits Unconditionally; Linux vmx/nested.c, "
              "handle_vmptrst()",
    .group = Group::nested,
    .skip_reason = skip_without_nested_vmx,
    .prepare = prepare,
    .step = step,
    .finish = arch::stop_hypervisor,
    .price = price,
});

REGISTER_WORKLOAD(nested_vmptrst);

}  // namespace

}  // namespace exitscope::workloads
