// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// VMLOAD. Where the CPU virtualizes it, KVM lets even a guest that is no hypervisor execute it; the run finds
// out beforehand whether it does.

#include "arch/svm_instructions.h"
#include "workloads/support/control_block.h"
#include "workloads/support/virtualization_instruction.h"

namespace exitscope::workloads {

namespace {

// Saved first, so that what VMLOAD loads is what the CPU holds.
std::string_view prepare(std::uint64_t) {
    arch::vmsave(control_block());
    return {};
}

void step(std::uint64_t) {
    arch::vmload(control_block());
}

constexpr Price price(const Subject& subject) {
    return svm_instruction_price(subject, SvmExitReason::vmload, subject.exits_per_vmload);
}

constexpr Workload vmload = svm_instruction("vmload", "VMLOAD without EFER.SVME", step, price, prepare);

REGISTER_WORKLOAD(vmload);

}  // namespace

}  // namespace exitscope::workloads
