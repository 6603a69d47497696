// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// VMWRITE by a hypervisor, of a field that KVM puts into a shadow VMCS.

#include "arch/nested/vmx_hypervisor.h"
#include "workloads/support/nested.h"

namespace exitscope::workloads {

namespace {

std::string_view prepare(std::uint64_t) {
    return arch::start_hypervisor({});
}

void step(std::uint64_t) {
    arch::vmx::write(arch::VmcsField::guest_rip, 0);
}

constexpr Price price(const Subject& subject) {
    return {.each = {{number_of(VmxExitReason::vmwrite), subject.exits_per_vmread, "hypervisor"}}};
}

constexpr Workload nested_vmwrite = checked({
    .name = "nested_vmwrite",
    .summary = "VMWRITE of the guest's RIP",
    .why = "with shadow VMCSs the CPU does it for the fields that KVM lets it, which are those of most "
           "exits; else it exits",
    .source = "Intel SDM Vol. 3C, Virtual-Machine Control Structure Shadowing; Linux "
              "vmx/vmcs_shadow_fields.h; vmx/nested.c, handle_vmwrite()",
    .group = Group::nested,
    .skip_reason = skip_without_nested_vmx,
    .prepare = prepare,
    .step = step,
    .finish = arch::stop_hypervisor,
    .price = price,
});

REGISTER_WORKLOAD(nested_vmwrite);

}  // namespace

}  // namespace exitscope::workloads
