// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// CPUID of a nested guest, for which its hypervisor does nothing but enter it again. It is the shortest way
// from a nested guest to its hypervisor and back.

#include "workloads/support/nested.h"

namespace exitscope::workloads {

namespace {

std::string_view prepare(std::uint64_t) {
    return prepare_nested({}, arch::nested_cpuid);
}

void step(std::uint64_t) {
    arch::enter_nested();
}

constexpr Price price(const Subject& subject) {
    return nested_turn(subject, VmxExitReason::cpuid, SvmExitReason::cpuid);
}

constexpr Workload nested_cpuid = checked({
    .name = "nested_cpuid",
    .summary = "CPUID of a nested guest, and the way back into it",
    .why = "the exit goes to KVM, which makes it the hypervisor's; the hypervisor's entry is an instruction "
           "that KVM emulates, an exit of its own",
    .source = "Linux svm/nested.c, nested_svm_vmrun(), nested_svm_exit_handled(); vmx/nested.c, "
              "nested_vmx_run(), nested_vmx_reflect_vmexit()",
    .group = Group::nested,
    .skip_reason = skip_without_nested,
    .prepare = prepare,
    .step = step,
    .finish = arch::stop_hypervisor,
    .price = price,
});

REGISTER_WORKLOAD(nested_cpuid);

}  // namespace

}  // namespace exitscope::workloads
