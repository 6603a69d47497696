// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// WRMSR of a nested guest whose hypervisor lets it write no MSR.

#include "arch/msr.h"
#include "workloads/support/nested.h"

namespace exitscope::workloads {

namespace {

constexpr auto number = static_cast<std::uint64_t>(arch::Msr::fs_base);

std::string_view prepare(std::uint64_t) {
    return prepare_nested({.msrs = true}, arch::nested_wrmsr, number);
}

void step(std::uint64_t) {
    arch::enter_nested(number);
}

constexpr Price price(const Subject& subject) {
    return nested_turn(subject, VmxExitReason::msr_write, SvmExitReason::msr);
}

constexpr Workload nested_wrmsr = checked({
    .name = "nested_wrmsr",
    .summary = "WRMSR of a nested guest whose hypervisor intercepts all MSRs",
    .why = "KVM reads the hypervisor's permission map and hands the exit on",
    .source =
        "Linux svm/nested.c, nested_svm_exit_handled_msr(); vmx/nested.c, nested_vmx_exit_handled_msr()",
    .group = Group::nested,
    .skip_reason = skip_without_nested,
    .prepare = prepare,
    .step = step,
    .finish = arch::stop_hypervisor,
    .price = price,
});

REGISTER_WORKLOAD(nested_wrmsr);

}  // namespace

}  // namespace exitscope::workloads
