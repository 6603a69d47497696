// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// OUT of a nested guest to a port that its hypervisor lets it have. There is no such port but the one of
// KVM's own guest, so KVM does it.

#include "workloads/support/nested.h"

namespace exitscope::workloads {

namespace {

std::string_view prepare(std::uint64_t) {
    return prepare_nested({}, arch::nested_port_out);
}

void step(std::uint64_t) {
    do_nested(arch::nested_port_out);
}

constexpr Price price(const Subject& subject) {
    return nested_turn_with(subject, subject.reason(VmxExitReason::io_instruction, SvmExitReason::ioio));
}

constexpr Workload nested_port_out_host = checked({
    .name = "nested_port_out_host",
    .summary = "OUT of a nested guest to a port that its hypervisor does not intercept, and a hypercall",
    .why = "KVM intercepts every port, finds the bit of the hypervisor's permission map clear and does the "
           "access itself",
    .source = "Linux svm/nested.c, nested_svm_intercept_ioio(); svm/svm.c, io_interception(); vmx/nested.c, "
              "nested_vmx_exit_handled_io()",
    .group = Group::nested,
    .skip_reason = skip_without_nested,
    .prepare = prepare,
    .step = step,
    .finish = arch::stop_hypervisor,
    .price = price,
});

REGISTER_WORKLOAD(nested_port_out_host);

}  // namespace

}  // namespace exitscope::workloads
