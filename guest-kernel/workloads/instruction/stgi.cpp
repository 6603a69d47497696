// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// STGI. With virtual GIF, KVM lets even a guest that is no hypervisor execute it; the run finds out
// beforehand whether it does.

#include "arch/svm_instructions.h"
#include "workloads/support/virtualization_instruction.h"

namespace exitscope::workloads {

namespace {

void step(std::uint64_t) {
    arch::stgi();
}

constexpr Price price(const Subject& subject) {
    return svm_instruction_price(subject, SvmExitReason::stgi, subject.exits_per_stgi);
}

constexpr Workload stgi = svm_instruction("stgi", "STGI without EFER.SVME", step, price);

REGISTER_WORKLOAD(stgi);

}  // namespace

}  // namespace exitscope::workloads
