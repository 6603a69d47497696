// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Which exits can occur under one kind of paging only.

#include "model/exit_reason.h"

namespace exitscope::model {

/// The paging without which no exit of this reason occurs while a workload runs; unknown: it occurs under
/// both.
///
/// Source: Intel SDM, appendix "VMX Basic Exit Reasons": EPT violation, EPT misconfiguration,
/// page-modification log full; Linux 6.1, vmx/vmx.c, vmx_exec_control() drops INVLPG and INVPCID exiting with
/// EPT.
[[nodiscard]] constexpr Paging paging_needed_by(VmxExitReason reason) {
    switch (reason) {
        case VmxExitReason::ept_violation:
        case VmxExitReason::ept_misconfig:
        case VmxExitReason::pml_full:
            return Paging::two_dimensional;
        case VmxExitReason::invlpg:
        case VmxExitReason::invpcid:
            return Paging::shadow;
        default:
            return Paging::unknown;
    }
}

/// Source: AMD APM vol. 2, appendix "SVM Intercept Exit Codes": VMEXIT_NPF; Linux 6.1, svm/svm.c, init_vmcb()
/// drops INVLPG, #PF, and CR3 reads and writes with NPT.
[[nodiscard]] constexpr Paging paging_needed_by(SvmExitReason reason) {
    switch (reason) {
        case SvmExitReason::npf:
            return Paging::two_dimensional;
        case SvmExitReason::cr3_read:
        case SvmExitReason::cr3_write:
        case SvmExitReason::excp_pf:
        case SvmExitReason::invlpg:
            return Paging::shadow;
        default:
            return Paging::unknown;
    }
}

[[nodiscard]] constexpr Paging paging_needed_by(InstructionSet isa, ReasonNumber reason) {
    switch (isa) {
        case InstructionSet::vmx:
            return paging_needed_by(static_cast<VmxExitReason>(reason));
        case InstructionSet::svm:
            return paging_needed_by(static_cast<SvmExitReason>(reason));
        default:
            return Paging::unknown;
    }
}

}  // namespace exitscope::model
