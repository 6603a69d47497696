// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// OUT of a nested guest to a port that its hypervisor intercepts.

#include "workloads/support/nested.h"

namespace exitscope::workloads {

namespace {

std::string_view prepare(std::uint64_t) {
    return prepare_nested({.ports = true}, arch::nested_port_out);
}

void step(std::uint64_t) {
    arch::enter_nested();
}

constexpr Price price(const Subject& subject) {
    return nested_turn(subject, VmxExitReason::io_instruction, SvmExitReason::ioio);
}

constexpr Workload nested_port_out = checked({
    .name = "nested_port_out",
    .summary = "OUT of a nested guest to a port that its hypervisor intercepts",
    .why = "KVM reads the hypervisor's permission map and hands the exit on",
    .source = "Linux svm/nested.c, nested_svm_intercept_ioio(); vmx/nested.c, nested_vmx_exit_handled_io()",
    .group = Group::nested,
    .skip_reason = skip_without_nested,
    .prepare = prepare,
    .step = step,
    .finish = arch::stop_hypervisor,
    .price = price,
});

REGISTER_WORKLOAD(nested_port_out);

}  // namespace

}  // namespace exitscope::workloads
