// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// SKINIT by a guest that is no hypervisor.

#include "arch/svm_instructions.h"
#include "workloads/support/virtualization_instruction.h"

namespace exitscope::workloads {

namespace {

void step(std::uint64_t) {
    arch::skinit(0);
}

constexpr Price price(const Subject& subject) {
    return svm_instruction_price(subject, SvmExitReason::skinit);
}

constexpr Workload skinit = svm_instruction("skinit", "SKINIT without EFER.SVME", step, price);

REGISTER_WORKLOAD(skinit);

}  // namespace

}  // namespace exitscope::workloads
