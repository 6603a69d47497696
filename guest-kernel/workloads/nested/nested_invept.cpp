// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// INVEPT by a hypervisor.

#include "arch/nested/vmx_hypervisor.h"
#include "arch/vmx_instructions.h"
#include "workloads/support/nested.h"

namespace exitscope::workloads {

namespace {

/// The type of the invalidation.
constexpr std::uint64_t all_contexts = 2;

std::string_view skip_reason(const Subject& subject) {
    const auto reason = skip_without_nested_vmx(subject);
    return reason.empty() ? skip_without_nested_paging(subject) : reason;
}

std::string_view prepare(std::uint64_t) {
    return arch::start_hypervisor({});
}

void step(std::uint64_t) {
    arch::invept(all_contexts, {});
}

constexpr Price price(const Subject&) {
    return {.each = {{number_of(VmxExitReason::invept), 1, "hypervisor"}}};
}

constexpr Workload nested_invept = checked({
    .name = "nested_invept",
    .summary = "INVEPT of all contexts",
    .why = "the processor has no such instruction for a guest, so it exits always, and KVM emulates it",
    .source = "Intel SDM Vol. 3C, Instructions That Cause VM Exits Unconditionally; Linux vmx/nested.c, "
              "handle_invept()",
    .group = Group::nested,
    .skip_reason = skip_reason,
    .prepare = prepare,
    .step = step,
    .finish = arch::stop_hypervisor,
    .price = price,
});

REGISTER_WORKLOAD(nested_invept);

}  // namespace

}  // namespace exitscope::workloads
