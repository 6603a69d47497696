// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// A nested guest without nested paging of its own loads CR3, as for a switch of address spaces.

#include "arch/root_table.h"
#include "workloads/support/nested.h"

namespace exitscope::workloads {

namespace {

std::string_view prepare(std::uint64_t) {
    return prepare_nested({}, arch::nested_write_cr3, arch::kernel_root());
}

void step(std::uint64_t) {
    do_nested(arch::nested_write_cr3, arch::kernel_root());
}

constexpr Price price(const Subject& subject) {
    return nested_turn_under_shadow(subject, VmxExitReason::cr_access, SvmExitReason::cr3_write);
}

constexpr Workload nested_cr3_write = checked({
    .name = "nested_cr3_write",
    .summary = "a load of CR3 by a nested guest without nested paging, and a hypercall",
    .why = "two-dimensional: the guest's own page tables are in force and nobody wants to see it; shadow: "
           "KVM has to",
    .source = "Linux svm/svm.c, init_vmcb(), cr_interception(); svm/nested.c, nested_svm_intercept(); "
              "vmx/nested.c, nested_vmx_exit_handled_cr()",
    .group = Group::nested,
    .skip_reason = skip_without_nested,
    .prepare = prepare,
    .step = step,
    .finish = arch::stop_hypervisor,
    .price = price,
});

REGISTER_WORKLOAD(nested_cr3_write);

}  // namespace

}  // namespace exitscope::workloads
