// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// RDMSR of EFER: KVM always intercepts this register.

#include "arch/msr.h"
#include "workloads/support/msr.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

void step(std::uint64_t) {
    static_cast<void>(arch::rdmsr(arch::Msr::efer));
}

constexpr Price price(const Subject& subject) {
    return {.each = {{msr_read(subject), 1, "msr:0xc0000080"}}};
}

constexpr Workload rdmsr = checked({
    .name = "rdmsr",
    .summary = "RDMSR of EFER",
    .why = "KVM's MSR bitmap passes EFER to nobody; SVM has one code for both directions",
    .source = "Linux vmx/vmx.c, vmx_possible_passthrough_msrs[]; svm/svm.c, direct_access_msrs[]",
    .group = Group::msr,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(rdmsr);

}  // namespace

}  // namespace exitscope::workloads
