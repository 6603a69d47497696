// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Exit reasons as the manuals number them, and their dense index for tables of counts.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "model/instruction_set.h"

namespace exitscope::model {

/// Source: Intel SDM, appendix "VMX Basic Exit Reasons".
enum class VmxExitReason : std::uint16_t {
#define EXIT_REASON_VMX(number, name) name = (number),
#include "exit_reasons.def"
};

/// Source: AMD APM vol. 2, appendix "SVM Intercept Exit Codes".
enum class SvmExitReason : std::uint16_t {
#define EXIT_REASON_SVM(number, name) name = (number),
#include "exit_reasons.def"
};

/// A reason's number as the manual prints it, for either instruction set.
using ReasonNumber = std::uint16_t;

inline constexpr auto vmx_reasons = std::to_array<ReasonNumber>({
#define EXIT_REASON_VMX(number, name) (number),
#include "exit_reasons.def"
});

inline constexpr auto svm_reasons = std::to_array<ReasonNumber>({
#define EXIT_REASON_SVM(number, name) (number),
#include "exit_reasons.def"
});

static_assert(std::ranges::is_sorted(vmx_reasons) && std::ranges::is_sorted(svm_reasons));

/// How many counters a table needs to hold either instruction set's reasons.
inline constexpr std::size_t reason_capacity = std::max(vmx_reasons.size(), svm_reasons.size());

/// Every reason that the manual of `isa` defines, ascending; none where it is unknown.
[[nodiscard]] constexpr std::span<const ReasonNumber> reasons_of(InstructionSet isa) {
    switch (isa) {
        case InstructionSet::vmx:
            return vmx_reasons;
        case InstructionSet::svm:
            return svm_reasons;
        default:
            return {};
    }
}

/// The place of `reason` among `reasons_of(isa)`; nothing for a reason the manual does not define.
[[nodiscard]] constexpr std::optional<std::size_t> index_of(InstructionSet isa, ReasonNumber reason) {
    const auto reasons = reasons_of(isa);
    const auto found = std::ranges::lower_bound(reasons, reason);
    if (found == reasons.end() || *found != reason)
        return std::nullopt;
    return static_cast<std::size_t>(found - reasons.begin());
}

[[nodiscard]] constexpr ReasonNumber number_of(VmxExitReason reason) {
    return static_cast<ReasonNumber>(reason);
}

[[nodiscard]] constexpr ReasonNumber number_of(SvmExitReason reason) {
    return static_cast<ReasonNumber>(reason);
}

/// The number of one event under the instruction set at hand.
[[nodiscard]] constexpr ReasonNumber reason_of(InstructionSet isa, VmxExitReason vmx, SvmExitReason svm) {
    return isa == InstructionSet::svm ? number_of(svm) : number_of(vmx);
}

/// The reason of the exits with which a guest reads the counters.
[[nodiscard]] constexpr ReasonNumber cpuid_reason(InstructionSet isa) {
    return reason_of(isa, VmxExitReason::cpuid, SvmExitReason::cpuid);
}

static_assert(index_of(InstructionSet::vmx, 48).has_value());
static_assert(!index_of(InstructionSet::vmx, 35).has_value());
static_assert(index_of(InstructionSet::svm, 0xffff) == svm_reasons.size() - 1);

}  // namespace exitscope::model
