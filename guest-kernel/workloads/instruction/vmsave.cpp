// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// VMSAVE. Where the CPU virtualizes it, KVM lets even a guest that is no hypervisor execute it; the run finds
// out beforehand whether it does.

#include "arch/svm_instructions.h"
#include "workloads/support/control_block.h"
#include "workloads/support/virtualization_instruction.h"

namespace exitscope::workloads {

namespace {

void step(std::uint64_t) {
    arch::vmsave(control_block());
}

constexpr Price price(const Subject& subject) {
    return svm_instruction_price(subject, SvmExitReason::vmsave, subject.exits_per_vmload);
}

constexpr Workload vmsave = svm_instruction("vmsave", "VMSAVE without EFER.SVME", step, price);

REGISTER_WORKLOAD(vmsave);

}  // namespace

}  // namespace exitscope::workloads
