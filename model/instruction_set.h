// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The two virtualization instruction sets and the two ways KVM pages a guest.

#include <cstdint>
#include <optional>
#include <string_view>

namespace exitscope::model {

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

[[nodiscard]] constexpr std::optional<InstructionSet> parse_isa(std::string_view name) {
    for (const auto isa : {InstructionSet::unknown, InstructionSet::vmx, InstructionSet::svm}) {
        if (name_of(isa) == name)
            return isa;
    }
    return std::nullopt;
}

[[nodiscard]] constexpr std::optional<Paging> parse_paging(std::string_view name) {
    for (const auto paging : {Paging::unknown, Paging::shadow, Paging::two_dimensional}) {
        if (name_of(paging) == name)
            return paging;
    }
    return std::nullopt;
}

static_assert(parse_paging("two-dimensional") == Paging::two_dimensional);
static_assert(!parse_isa("VMX"));

}  // namespace exitscope::model
