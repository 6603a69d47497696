// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// The guest becomes a hypervisor and stops being one: EFER.SVME set and cleared.

#include "arch/msr.h"
#include "arch/nested/svm_hypervisor.h"
#include "workloads/support/nested.h"

namespace exitscope::workloads {

namespace {

std::uint64_t efer = 0;

std::string_view prepare(std::uint64_t) {
    efer = arch::rdmsr(arch::Msr::efer);
    return {};
}

void step(std::uint64_t) {
    arch::wrmsr(arch::Msr::efer, efer | arch::svm::efer_svme);
    arch::wrmsr(arch::Msr::efer, efer);
}

constexpr Price price(const Subject&) {
    return {.each = {{number_of(SvmExitReason::msr), 2, "msr:0xc0000080"}}};
}

constexpr Workload nested_svme_toggle = checked({
    .name = "nested_svme_toggle",
    .summary = "EFER.SVME set and cleared",
    .why = "KVM intercepts every write of EFER, and makes and frees what a nested guest needs then",
    .source = "Linux svm/svm.c, svm_set_efer()",
    .group = Group::nested,
    .skip_reason = skip_without_nested_svm,
    .prepare = prepare,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(nested_svme_toggle);

}  // namespace

}  // namespace exitscope::workloads
