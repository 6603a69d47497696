// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// INVLPGA by a hypervisor, for the address space of its guest.

#include "arch/svm_instructions.h"
#include "workloads/support/nested.h"

namespace exitscope::workloads {

namespace {

std::string_view prepare(std::uint64_t) {
    return arch::start_hypervisor({});
}

void step(std::uint64_t) {
    arch::invlpga(0, 1);
}

constexpr Price price(const Subject&) {
    return {.each = {{number_of(SvmExitReason::invlpga), 1, "hypervisor"}}};
}

constexpr Workload nested_invlpga = checked({
    .name = "nested_invlpga",
    .summary = "INVLPGA of a hypervisor",
    .why = "KVM always intercepts it, as the address space identifiers of its guest are not the CPU's",
    .source = "Linux svm/svm.c, init_vmcb(), invlpga_interception()",
    .group = Group::nested,
    .skip_reason = skip_without_nested_svm,
    .prepare = prepare,
    .step = step,
    .finish = arch::stop_hypervisor,
    .price = price,
});

REGISTER_WORKLOAD(nested_invlpga);

}  // namespace

}  // namespace exitscope::workloads
