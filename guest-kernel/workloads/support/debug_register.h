// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What the workloads with debug registers share.

#include "workloads/names.h"

namespace exitscope::workloads {

/// The cost of CPUID and one or more accesses to DR7, of which the first is a `svm` on SVM.
///
/// KVM handles the exit of that access by giving the guest the debug registers and letting it try again. Any
/// other exit takes them away again.
[[nodiscard]] constexpr Price dr7_access_after_cpuid(const Subject& subject, SvmExitReason svm) {
    return {.each = {{subject.reason(VmxExitReason::cpuid, SvmExitReason::cpuid)},
                     {subject.reason(VmxExitReason::dr_access, svm), 1, "dr:7"}}};
}

}  // namespace exitscope::workloads
