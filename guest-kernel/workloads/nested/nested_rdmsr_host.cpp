// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// RDMSR of a nested guest, of an MSR that its hypervisor lets it read and KVM does not.

#include "arch/msr.h"
#include "workloads/support/nested.h"

namespace exitscope::workloads {

namespace {

constexpr auto number = static_cast<std::uint64_t>(arch::Msr::apic_base);

std::string_view prepare(std::uint64_t) {
    return prepare_nested({}, arch::nested_rdmsr, number);
}

void step(std::uint64_t) {
    do_nested(arch::nested_rdmsr, number);
}

constexpr Price price(const Subject& subject) {
    return nested_turn_with(subject, msr_read(subject));
}

constexpr Workload nested_rdmsr_host = checked({
    .name = "nested_rdmsr_host",
    .summary = "RDMSR of a nested guest that its hypervisor lets it do and KVM emulates, and a hypercall",
    .why = "KVM sees the exit, finds the bit of the hypervisor's permission map clear and emulates the read "
           "without telling it",
    .source = "Linux svm/nested.c, nested_svm_exit_handled_msr(), nested_svm_vmrun_msrpm() (7.3: "
              "nested_svm_merge_msrpm()); vmx/nested.c, nested_vmx_exit_handled_msr(), "
              "nested_vmx_prepare_msr_bitmap()",
    .group = Group::nested,
    .skip_reason = skip_without_nested,
    .prepare = prepare,
    .step = step,
    .finish = arch::stop_hypervisor,
    .price = price,
});

REGISTER_WORKLOAD(nested_rdmsr_host);

}  // namespace

}  // namespace exitscope::workloads
