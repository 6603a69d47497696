// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The reasons of RDMSR and WRMSR.

#include "workloads/names.h"

namespace exitscope::workloads {

[[nodiscard]] constexpr ReasonNumber msr_read(const Subject& subject) {
    return subject.reason(VmxExitReason::msr_read, SvmExitReason::msr);
}

[[nodiscard]] constexpr ReasonNumber msr_write(const Subject& subject) {
    return subject.reason(VmxExitReason::msr_write, SvmExitReason::msr);
}

}  // namespace exitscope::workloads
