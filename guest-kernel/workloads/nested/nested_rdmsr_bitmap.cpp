// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// RDMSR of a nested guest, of an MSR that its hypervisor lets it read and that KVM lets its own guests read.
// It costs no more than the hypercall behind it.

#include "arch/msr.h"
#include "workloads/support/nested.h"

namespace exitscope::workloads {

namespace {

constexpr auto number = static_cast<std::uint64_t>(arch::Msr::fs_base);

std::string_view prepare(std::uint64_t) {
    return prepare_nested({}, arch::nested_rdmsr, number);
}

void step(std::uint64_t) {
    do_nested(arch::nested_rdmsr, number);
}

constexpr Price price(const Subject& subject) {
    return nested_call_turn(subject);
}

constexpr Workload nested_rdmsr_bitmap = checked({
    .name = "nested_rdmsr_bitmap",
    .summary = "RDMSR of a nested guest that its hypervisor and KVM let it do, and a hypercall",
    .why = "KVM merges the hypervisor's permission map with its own, and the bit is clear in both",
    .source = "Linux svm/nested.c, nested_svm_vmrun_msrpm() (7.3: nested_svm_merge_msrpm()); vmx/nested.c, "
              "nested_vmx_prepare_msr_bitmap()",
    .group = Group::nested,
    .skip_reason = skip_without_nested,
    .prepare = prepare,
    .step = step,
    .finish = arch::stop_hypervisor,
    .price = price,
});

REGISTER_WORKLOAD(nested_rdmsr_bitmap);

}  // namespace

}  // namespace exitscope::workloads
