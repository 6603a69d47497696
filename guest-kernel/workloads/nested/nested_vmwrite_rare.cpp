// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// VMWRITE by a hypervisor, of a field that no shadow VMCS of KVM has.

#include "arch/nested/vmx_hypervisor.h"
#include "workloads/support/nested.h"

namespace exitscope::workloads {

namespace {

std::string_view prepare(std::uint64_t) {
    return arch::start_hypervisor({});
}

void step(std::uint64_t) {
    arch::vmx::write(arch::VmcsField::guest_dr7, 0x400);
}

constexpr Price price(const Subject&) {
    return {.each = {{number_of(VmxExitReason::vmwrite), 1, "hypervisor"}}};
}

constexpr Workload nested_vmwrite_rare = checked({
    .name = "nested_vmwrite_rare",
    .summary = "VMWRITE of the guest's DR7",
    .why = "a field that KVM leaves out of the shadow VMCS exits always",
    .source = "Intel SDM Vol. 3C, Virtual-Machine Control Structure Shadowing; Linux "
              "vmx/vmcs_shadow_fields.h; vmx/nested.c, handle_vmwrite()",
    .group = Group::nested,
    .skip_reason = skip_without_nested_vmx,
    .prepare = prepare,
    .step = step,
    .finish = arch::stop_hypervisor,
    .price = price,
});

REGISTER_WORKLOAD(nested_vmwrite_rare);

}  // namespace

}  // namespace exitscope::workloads
