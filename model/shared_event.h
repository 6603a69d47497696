// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// One name for an event that VMX and SVM report by different reasons, so that runs on both can be compared.

#include <string_view>

#include "model/exit_reason.h"

namespace exitscope::model {

/// The name that both share; empty where the reason's own name is the one.
///
/// VMX's names, as `perf kvm stat` prints them (VMX_EXIT_REASONS in Linux), but for
/// NESTED_PAGE_FAULT and MSR, which are SVM's.
[[nodiscard]] constexpr std::string_view shared_event(VmxExitReason reason) {
    switch (reason) {
        case VmxExitReason::msr_read:
        case VmxExitReason::msr_write:
            return "MSR";
        case VmxExitReason::ept_violation:
        case VmxExitReason::ept_misconfig:
            return "NESTED_PAGE_FAULT";
        default:
            return {};
    }
}

[[nodiscard]] constexpr std::string_view shared_event(SvmExitReason reason) {
    if (reason <= SvmExitReason::cr15_write || reason == SvmExitReason::cr0_sel_write)
        return "CR_ACCESS";
    if (reason >= SvmExitReason::dr0_read && reason <= SvmExitReason::dr15_write)
        return "DR_ACCESS";
    if (reason >= SvmExitReason::excp_de && reason <= SvmExitReason::excp_vector_31)
        return "EXCEPTION_NMI";
    switch (reason) {
        case SvmExitReason::intr:
            return "EXTERNAL_INTERRUPT";
        case SvmExitReason::vintr:
            return "INTERRUPT_WINDOW";
        case SvmExitReason::pause:
            return "PAUSE_INSTRUCTION";
        case SvmExitReason::ioio:
            return "IO_INSTRUCTION";
        case SvmExitReason::shutdown:
            return "TRIPLE_FAULT";
        case SvmExitReason::vmmcall:
            return "VMCALL";
        case SvmExitReason::monitor:
            return "MONITOR_INSTRUCTION";
        case SvmExitReason::mwait:
            return "MWAIT_INSTRUCTION";
        case SvmExitReason::npf:
            return "NESTED_PAGE_FAULT";
        default:
            return {};
    }
}

[[nodiscard]] constexpr std::string_view shared_event(InstructionSet isa, ReasonNumber reason) {
    switch (isa) {
        case InstructionSet::vmx:
            return shared_event(static_cast<VmxExitReason>(reason));
        case InstructionSet::svm:
            return shared_event(static_cast<SvmExitReason>(reason));
        default:
            return {};
    }
}

static_assert(shared_event(InstructionSet::svm, 0) == "CR_ACCESS");
static_assert(shared_event(InstructionSet::vmx, 0).empty());

}  // namespace exitscope::model
