// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// A VMCS is cleared and loaded again, as on a move to another processor, and its guest launched.

#include "arch/nested/vmx_hypervisor.h"
#include "workloads/support/nested.h"

namespace exitscope::workloads {

namespace {

std::string_view prepare(std::uint64_t) {
    return prepare_nested({}, arch::nested_cpuid);
}

void step(std::uint64_t) {
    arch::vmx::reload_vmcs();
    arch::enter_nested();
}

constexpr Price price(const Subject&) {
    return {.each = {{number_of(VmxExitReason::vmclear), 1, "hypervisor"},
                     {number_of(VmxExitReason::vmptrld), 1, "hypervisor"},
                     {number_of(VmxExitReason::vmlaunch), 1, "hypervisor"},
                     nested_exit(number_of(VmxExitReason::cpuid))}};
}

constexpr Workload nested_vmlaunch = checked({
    .name = "nested_vmlaunch",
    .summary = "a VMCS cleared, loaded and launched, and CPUID of the nested guest",
    .why = "each of the three instructions exits; what the guest does then is as after VMRESUME",
    .source = "Intel SDM Vol. 3C, Instructions That Cause VM Exits Unconditionally; Linux vmx/nested.c, "
              "handle_vmclear(), handle_vmptrld(), nested_vmx_run()",
    .group = Group::nested,
    .skip_reason = skip_without_nested_vmx,
    .prepare = prepare,
    .step = step,
    .finish = arch::stop_hypervisor,
    .price = price,
});

REGISTER_WORKLOAD(nested_vmlaunch);

}  // namespace

}  // namespace exitscope::workloads
