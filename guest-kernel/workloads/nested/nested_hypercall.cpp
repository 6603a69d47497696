// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// The hypercall of a nested guest. The other workloads with one cost so much more.

#include "workloads/support/nested.h"

namespace exitscope::workloads {

namespace {

std::string_view prepare(std::uint64_t) {
    return prepare_nested({}, arch::nested_call);
}

void step(std::uint64_t) {
    do_nested(arch::nested_call);
}

constexpr Price price(const Subject& subject) {
    return nested_call_turn(subject);
}

constexpr Workload nested_hypercall = checked({
    .name = "nested_hypercall",
    .summary = "a hypercall of a nested guest",
    .why = "the hypervisor intercepts it; KVM leaves its own hypercalls out while a nested guest runs",
    .source = "Linux svm/nested.c, nested_vmcb02_recalc_intercepts() (6.1, 6.12: recalc_intercepts()); "
              "vmx/nested.c, nested_vmx_l1_wants_exit(): VMCALL",
    .group = Group::nested,
    .skip_reason = skip_without_nested,
    .prepare = prepare,
    .step = step,
    .finish = arch::stop_hypervisor,
    .price = price,
});

REGISTER_WORKLOAD(nested_hypercall);

}  // namespace

}  // namespace exitscope::workloads
