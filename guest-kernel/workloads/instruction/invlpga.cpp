// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// INVLPGA of page 0, which this kernel never uses: under shadow paging KVM drops its shadow entry.

#include "arch/svm_instructions.h"
#include "workloads/support/virtualization_instruction.h"

namespace exitscope::workloads {

namespace {

void step(std::uint64_t) {
    arch::invlpga(0, 0);
}

constexpr Price price(const Subject& subject) {
    return svm_instruction_price(subject, SvmExitReason::invlpga);
}

constexpr Workload invlpga = svm_instruction("invlpga", "INVLPGA without EFER.SVME", step, price);

REGISTER_WORKLOAD(invlpga);

}  // namespace

}  // namespace exitscope::workloads
