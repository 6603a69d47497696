// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Exit reasons: their numbers, names and spelling in a report's keys.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "subject.h"

namespace exitscope {

/// A reason's number as the manual prints it, for either instruction set.
using ReasonNumber = std::uint16_t;

struct Reason {
    ReasonNumber number;
    /// As in abi/exit_reasons.def, lower case.
    std::string_view name;
};

/// Every reason that the manual of `isa` defines, ascending; none where it is unknown.
[[nodiscard]] std::span<const Reason> reasons_of(InstructionSet isa);

/// The name in upper case, `REASON 35` for one that the manual does not define.
[[nodiscard]] std::string display_name(InstructionSet isa, ReasonNumber reason);

/// Decimal for VMX, 0x and lower-case hexadecimal for SVM.
[[nodiscard]] std::string reason_key(InstructionSet isa, ReasonNumber reason);

/// Reads a key spelled exactly as `reason_key` does; nothing for a reason that the manual does not define.
[[nodiscard]] std::optional<ReasonNumber> parse_reason(InstructionSet isa, std::string_view key);

/// True for exits that the host's interrupts and timers cause, or that tell KVM when it may inject one.
///
/// Source: Linux KVM; VMX external interrupt, interrupt window, preemption timer; SVM INTR, NMI, SMI, VINTR.
[[nodiscard]] bool is_noise(InstructionSet isa, ReasonNumber reason);

/// True for the exits of PAUSE, which are noise in a workload that loops over it, and nowhere else.
[[nodiscard]] bool is_pause(InstructionSet isa, ReasonNumber reason);

/// True for exits that only two-dimensional paging can cause.
///
/// Source: Intel SDM, appendix "VMX Basic Exit Reasons": EPT violation, EPT misconfiguration,
/// page-modification log full; AMD APM vol. 2, appendix "SVM Intercept Exit Codes": VMEXIT_NPF.
[[nodiscard]] bool needs_two_dimensional_paging(InstructionSet isa, ReasonNumber reason);

/// True for exits that KVM asks for under shadow paging only, while a workload runs.
///
/// Source: Linux 6.1; arch/x86/kvm/vmx/vmx.c, vmx_exec_control() drops INVLPG and INVPCID exiting with EPT;
/// arch/x86/kvm/svm/svm.c, init_vmcb() drops INVLPG, #PF, and CR3 reads and writes with NPT.
[[nodiscard]] bool needs_shadow_paging(InstructionSet isa, ReasonNumber reason);

}  // namespace exitscope
