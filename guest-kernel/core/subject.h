// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What a run finds out about its hypervisor before it measures; every oracle may depend on it.

#include "core/cpu_feature.h"
#include "core/exit_reason.h"

namespace exitscope {

/// How large the pages are with which the host backs fresh guest memory.
enum class Backing : std::uint8_t { unknown, pages_4k, larger };

struct Subject {
    InstructionSet isa = InstructionSet::unknown;
    Paging paging = Paging::unknown;
    Backing backing = Backing::unknown;
    /// 1 where a write of the x2APIC EOI register exits, 0 where APICv or AVIC takes it.
    std::uint8_t exits_per_eoi = 1;
    CpuFeatures cpu{};

    /// The number of one event under the instruction set at hand.
    [[nodiscard]] constexpr ReasonNumber reason(VmxExitReason vmx, SvmExitReason svm) const {
        return isa == InstructionSet::svm ? static_cast<ReasonNumber>(svm) : static_cast<ReasonNumber>(vmx);
    }
};

}  // namespace exitscope
