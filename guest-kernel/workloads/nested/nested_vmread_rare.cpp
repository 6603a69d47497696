// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// VMREAD by a hypervisor, of a field that no shadow VMCS of KVM has.

#include "arch/nested/vmx_hypervisor.h"
#include "workloads/support/nested.h"

namespace exitscope::workloads {

namespace {

std::string_view prepare(std::uint64_t) {
    return arch::start_hypervisor({});
}

void step(std::uint64_t) {
    static_cast<void>(arch::vmx::read(arch::VmcsField::guest_dr7));
}

constexpr Price price(const Subject&) {
    return {.each = {{number_of(VmxExitReason::vmread), 1, "hypervisor"}}};
}

constexpr Workload nested_vmread_rare = checked({
    .name = "nested_vmread_rare",
    .summary = "VMREAD of the guest's DR7",
    .why = "a field that KVM leaves out of the shadow VMCS exits always",
    .source = "Intel SDM Vol. 3C, Virtual-Machine Control Structure Shadowing; Linux "
              "vmx/vmcs_shadow_fields.h; vmx/nested.c, handle_vmread()",
    .group = Group::nested,
    .skip_reason = skip_without_nested_vmx,
    .prepare = prepare,
    .step = step,
    .finish = arch::stop_hypervisor,
    .price = price,
});

REGISTER_WORKLOAD(nested_vmread_rare);

}  // namespace

}  // namespace exitscope::workloads
