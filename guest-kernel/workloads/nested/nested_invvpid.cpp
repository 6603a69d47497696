// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// INVVPID by a hypervisor.

#include "arch/nested/vmx_hypervisor.h"
#include "arch/vmx_instructions.h"
#include "workloads/support/nested.h"

namespace exitscope::workloads {

namespace {

/// The type of the invalidation.
constexpr std::uint64_t all_contexts = 2;

std::string_view prepare(std::uint64_t) {
    return arch::start_hypervisor({});
}

void step(std::uint64_t) {
    arch::invvpid(all_contexts, {});
}

constexpr Price price(const Subject&) {
    return {.each = {{number_of(VmxExitReason::invvpid), 1, "hypervisor"}}};
}

constexpr Workload nested_invvpid = checked({
    .name = "nested_invvpid",
    .summary = "INVVPID of all contexts",
    .why = "the processor has no such instruction for a guest, so it exits always, and KVM emulates it",
    .source = "Intel SDM Vol. 3C, Instructions That Cause VM Exits Unconditionally; Linux vmx/nested.c, "
              "handle_invvpid()",
    .group = Group::nested,
    .skip_reason = skip_without_nested_vmx,
    .prepare = prepare,
    .step = step,
    .finish = arch::stop_hypervisor,
    .price = price,
});

REGISTER_WORKLOAD(nested_invvpid);

}  // namespace

}  // namespace exitscope::workloads
