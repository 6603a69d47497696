// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What MONITOR and MWAIT share.

#include <string_view>

#include "workloads/names.h"

namespace exitscope::workloads {

[[nodiscard]] constexpr std::string_view skip_with_mwait(const Subject& subject) {
    return subject.cpu.has(CpuFeature::monitor) ? "user space lets the guest have MWAIT (CPUID.1:ECX bit 3)"
                                                : "";
}

}  // namespace exitscope::workloads
