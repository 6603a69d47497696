// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// VMRUN of a control block that no processor enters: address space 0, which is the host's.

#include "arch/nested/svm_hypervisor.h"
#include "workloads/support/nested.h"

namespace exitscope::workloads {

namespace {

std::string_view prepare(std::uint64_t) {
    if (const auto problem = arch::start_hypervisor({}); !problem.empty())
        return problem;
    arch::svm::spoil_control_block();
    arch::svm::enter_as_it_is();
    return arch::svm::was_refused() ? "" : "VMRUN took address space 0";
}

void step(std::uint64_t) {
    arch::svm::enter_as_it_is();
}

constexpr Price price(const Subject& subject) {
    return {.each = {nested_entry(subject)}};
}

constexpr Workload nested_vmrun_refused = checked({
    .name = "nested_vmrun_refused",
    .summary = "VMRUN of a control block that is refused",
    .why =
        "KVM checks the control block itself, so the CPU sees no nested guest and reports no VMEXIT_INVALID",
    .source =
        "AMD APM vol. 2, Canonicalization and Consistency Checks; Linux svm/nested.c, nested_svm_vmrun()",
    .group = Group::nested,
    .skip_reason = skip_without_nested_svm,
    .prepare = prepare,
    .step = step,
    .finish = arch::stop_hypervisor,
    .price = price,
});

REGISTER_WORKLOAD(nested_vmrun_refused);

}  // namespace

}  // namespace exitscope::workloads
