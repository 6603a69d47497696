// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// WRMSR of EFER with the value that it has: KVM always intercepts this register.

#include "arch/msr.h"
#include "workloads/support/msr.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

std::uint64_t efer = 0;

std::string_view prepare(std::uint64_t) {
    efer = arch::rdmsr(arch::Msr::efer);
    return {};
}

void step(std::uint64_t) {
    arch::wrmsr(arch::Msr::efer, efer);
}

constexpr Price price(const Subject& subject) {
    return {.each = {{msr_write(subject), 1, "msr:0xc0000080"}}};
}

constexpr Workload wrmsr = checked({
    .name = "wrmsr",
    .summary = "WRMSR of EFER, the same value",
    .why = "KVM's MSR bitmap passes EFER to nobody; SVM has one code for both directions",
    .source = "Linux vmx/vmx.c, vmx_possible_passthrough_msrs[]; svm/svm.c, direct_access_msrs[]",
    .group = Group::msr,
    .prepare = prepare,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(wrmsr);

}  // namespace

}  // namespace exitscope::workloads
