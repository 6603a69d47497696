// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// HLT of a nested guest, which its hypervisor intercepts, so that nobody waits.

#include "workloads/support/nested.h"

namespace exitscope::workloads {

namespace {

std::string_view prepare(std::uint64_t) {
    return prepare_nested({}, arch::nested_halt);
}

void step(std::uint64_t) {
    arch::enter_nested();
}

constexpr Price price(const Subject& subject) {
    return nested_turn(subject, VmxExitReason::hlt, SvmExitReason::hlt);
}

constexpr Workload nested_halt = checked({
    .name = "nested_halt",
    .summary = "HLT of a nested guest, intercepted by its hypervisor",
    .why = "KVM hands it to the hypervisor in place of halting the vCPU",
    .source = "Linux svm/nested.c, nested_svm_vmrun(), nested_svm_exit_handled(); vmx/nested.c, "
              "nested_vmx_run(), nested_vmx_reflect_vmexit()",
    .group = Group::nested,
    .skip_reason = skip_without_nested,
    .prepare = prepare,
    .step = step,
    .finish = arch::stop_hypervisor,
    .price = price,
});

REGISTER_WORKLOAD(nested_halt);

}  // namespace

}  // namespace exitscope::workloads
