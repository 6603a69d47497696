// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// CLGI. With virtual GIF, KVM lets even a guest that is no hypervisor execute it; then STGI undoes it at the
// end.

#include "arch/svm_instructions.h"
#include "workloads/support/virtualization_instruction.h"

namespace exitscope::workloads {

namespace {

void finish() {
    arch::stgi();
}

void step(std::uint64_t) {
    arch::clgi();
}

constexpr Price price(const Subject& subject) {
    return svm_instruction_price(subject, SvmExitReason::clgi, subject.exits_per_stgi);
}

constexpr Workload clgi = svm_instruction("clgi", "CLGI without EFER.SVME", step, price, nullptr, finish);

REGISTER_WORKLOAD(clgi);

}  // namespace

}  // namespace exitscope::workloads
