// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// VMREAD by a hypervisor, of a field that KVM puts into a shadow VMCS.

#include "arch/nested/vmx_hypervisor.h"
#include "workloads/support/nested.h"

namespace exitscope::workloads {

namespace {

std::string_view prepare(std::uint64_t) {
    return arch::start_hypervisor({});
}

void step(std::uint64_t) {
    static_cast<void>(arch::vmx::read(arch::VmcsField::exit_reason));
}

constexpr Price price(const Subject& subject) {
    return {.each = {{number_of(VmxExitReason::vmread), subject.exits_per_vmread, "hypervisor"}}};
}

constexpr Workload nested_vmread = checked({
    .name = "nested_vmread",
    .summary = "VMREAD of the exit reason",
    .why = "with shadow VMCSs the CPU does it for the fields that KVM lets it, which are those of most "
           "exits; else it exits",
    .source = "Intel SDM Vol. 3C, Virtual-Machine Control Structure Shadowing; Linux "
              "vmx/vmcs_shadow_fields.h; vmx/nested.c, handle_vmread()",
    .group = Group::nested,
    .skip_reason = skip_without_nested_vmx,
    .prepare = prepare,
    .step = step,
    .finish = arch::stop_hypervisor,
    .price = price,
});

REGISTER_WORKLOAD(nested_vmread);

}  // namespace

}  // namespace exitscope::workloads
