// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// INVLPG of a nested guest without nested paging of its own, of a page that it does not use.

#include "arch/root_table.h"
#include "workloads/support/nested.h"

namespace exitscope::workloads {

namespace {

std::string_view prepare(std::uint64_t) {
    return prepare_nested({}, arch::nested_invlpg, arch::kernel_root());
}

void step(std::uint64_t) {
    do_nested(arch::nested_invlpg, arch::kernel_root());
}

constexpr Price price(const Subject& subject) {
    return nested_turn_under_shadow(subject, VmxExitReason::invlpg, SvmExitReason::invlpg);
}

constexpr Workload nested_invlpg = checked({
    .name = "nested_invlpg",
    .summary = "INVLPG of a nested guest without nested paging, and a hypercall",
    .why = "two-dimensional: the guest's own page tables are in force and nobody wants to see it; shadow: "
           "KVM has to",
    .source = "Linux svm/svm.c, init_vmcb(), invlpg_interception(); svm/nested.c, nested_svm_intercept(); "
              "vmx/nested.c, prepare_vmcs02_early(), nested_vmx_l1_wants_exit()",
    .group = Group::nested,
    .skip_reason = skip_without_nested,
    .prepare = prepare,
    .step = step,
    .finish = arch::stop_hypervisor,
    .price = price,
});

REGISTER_WORKLOAD(nested_invlpg);

}  // namespace

}  // namespace exitscope::workloads
