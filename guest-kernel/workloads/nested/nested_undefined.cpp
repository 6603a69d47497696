// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// #UD of a nested guest that its hypervisor intercepts, as KVM does itself.

#include "workloads/support/nested.h"

namespace exitscope::workloads {

namespace {

std::string_view prepare(std::uint64_t) {
    return prepare_nested({.undefined_opcodes = true}, arch::nested_undefined);
}

void step(std::uint64_t) {
    arch::enter_nested();
}

constexpr Price price(const Subject& subject) {
    return nested_turn(subject, VmxExitReason::exception_nmi, SvmExitReason::excp_ud);
}

constexpr Workload nested_undefined = checked({
    .name = "nested_undefined",
    .summary = "UD2 of a nested guest whose #UD the hypervisor intercepts",
    .why = "KVM intercepts #UD for itself and finds that the hypervisor wants it; it is one exit, whoever "
           "wants it",
    .source = "Linux svm/nested.c, nested_svm_exit_special(), nested_svm_is_exception_vmexit(); svm/svm.c, "
              "ud_interception(); vmx/nested.c, nested_vmx_l1_wants_exit()",
    .group = Group::nested,
    .skip_reason = skip_without_nested,
    .prepare = prepare,
    .step = step,
    .finish = arch::stop_hypervisor,
    .price = price,
});

REGISTER_WORKLOAD(nested_undefined);

}  // namespace

}  // namespace exitscope::workloads
