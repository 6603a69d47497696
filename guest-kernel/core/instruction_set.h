// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The two virtualization instruction sets and the two ways KVM pages a guest.

#include <cstdint>
#include <string_view>

namespace exitscope {

enum class InstructionSet : std::uint8_t { unknown, vmx, svm };

/// Two-dimensional paging is EPT on VMX and NPT on SVM; without it KVM keeps shadow page tables.
enum class Paging : std::uint8_t { unknown, shadow, two_dimensional };

[[nodiscard]] constexpr std::string_view name_of(InstructionSet isa) {
    switch (isa) {
        case InstructionSet::vmx:
            return "vmx";
        case InstructionSet::svm:
            return "svm";
        default:
            return "unknown";
    }
}

[[nodiscard]] constexpr std::string_view name_of(Paging paging) {
    switch (paging) {
        case Paging::shadow:
            return "shadow";
        case Paging::two_dimensional:
            return "two-dimensional";
        default:
            return "unknown";
    }
}

}  // namespace exitscope
