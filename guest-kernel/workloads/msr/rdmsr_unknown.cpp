// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// RDMSR of a register that no CPU has: it is outside the MSR bitmap, so it always exits, and KVM injects #GP.

#include "arch/msr.h"
#include "workloads/support/msr.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

void step(std::uint64_t) {
    static_cast<void>(arch::rdmsr_or_fault(arch::Msr::nonexistent));
}

constexpr Price price(const Subject& subject) {
    return {.each = {{msr_read(subject), 1, "msr:0x20000000"}}};
}

constexpr Workload rdmsr_unknown = checked({
    .name = "rdmsr_unknown",
    .summary = "RDMSR of 0x20000000, which does not exist",
    .why = "a number beyond the MSR bitmap always exits; KVM knows no such register and injects #GP",
    .source = "Intel SDM Vol. 3C, MSR-Bitmap Address; AMD APM vol. 2, MSR Intercepts; Linux x86.c, "
              "kvm_emulate_rdmsr()",
    .group = Group::msr,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(rdmsr_unknown);

}  // namespace

}  // namespace exitscope::workloads
