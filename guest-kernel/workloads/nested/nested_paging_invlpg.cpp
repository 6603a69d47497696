// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// INVLPG of a nested guest with nested paging of its own, of a page that it does not use.

#include "arch/root_table.h"
#include "workloads/support/nested.h"

namespace exitscope::workloads {

namespace {

std::string_view prepare(std::uint64_t) {
    return prepare_nested({.own_paging = true}, arch::nested_invlpg, arch::kernel_root());
}

void step(std::uint64_t) {
    do_nested(arch::nested_invlpg, arch::kernel_root());
}

constexpr Price price(const Subject& subject) {
    return nested_call_turn(subject);
}

constexpr Workload nested_paging_invlpg = checked({
    .name = "nested_paging_invlpg",
    .summary = "INVLPG of a nested guest with nested paging, and a hypercall",
    .why = "the guest's own page tables are in force under the tables that KVM made of its own and the "
           "hypervisor's, and nobody wants to see it",
    .source = "Linux svm/nested.c, nested_svm_intercept(); vmx/nested.c, prepare_vmcs02_early(), "
              "nested_vmx_l1_wants_exit()",
    .group = Group::nested,
    .skip_reason = skip_without_nested_paging,
    .prepare = prepare,
    .step = step,
    .finish = arch::stop_hypervisor,
    .price = price,
});

REGISTER_WORKLOAD(nested_paging_invlpg);

}  // namespace

}  // namespace exitscope::workloads
