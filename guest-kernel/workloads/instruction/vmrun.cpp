// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// VMRUN by a guest that is no hypervisor.

#include "arch/svm_instructions.h"
#include "workloads/support/virtualization_instruction.h"

namespace exitscope::workloads {

namespace {

void step(std::uint64_t) {
    arch::vmrun(0);
}

constexpr Price price(const Subject& subject) {
    return svm_instruction_price(subject, SvmExitReason::vmrun);
}

constexpr Workload vmrun = svm_instruction("vmrun", "VMRUN without EFER.SVME", step, price);

REGISTER_WORKLOAD(vmrun);

}  // namespace

}  // namespace exitscope::workloads
