// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// An entry that fails at once: VMLAUNCH of a VMCS that is launched already.

#include "arch/nested/vmx_hypervisor.h"
#include "workloads/support/nested.h"

namespace exitscope::workloads {

namespace {

std::string_view prepare(std::uint64_t) {
    return prepare_nested({}, arch::nested_call);
}

void step(std::uint64_t) {
    arch::vmx::launch_again();
}

constexpr Price price(const Subject&) {
    return {.each = {{number_of(VmxExitReason::vmlaunch), 1, "hypervisor"}}};
}

constexpr Workload nested_entry_refused = checked({
    .name = "nested_entry_refused",
    .summary = "VMLAUNCH of a VMCS that is launched already",
    .why = "KVM checks the launch state itself, and fails the instruction",
    .source = "Intel SDM Vol. 3C, Instructions That Cause VM Exits Unconditionally; Linux vmx/nested.c, "
              "nested_vmx_run()",
    .group = Group::nested,
    .skip_reason = skip_without_nested_vmx,
    .prepare = prepare,
    .step = step,
    .finish = arch::stop_hypervisor,
    .price = price,
});

REGISTER_WORKLOAD(nested_entry_refused);

}  // namespace

}  // namespace exitscope::workloads
