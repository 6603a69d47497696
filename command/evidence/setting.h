// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The four settings a run can be asked for.

#include <array>
#include <string_view>

#include "model/instruction_set.h"

namespace exitscope::command::evidence {

/// A KVM vendor module with its paging parameter on or off.
struct Setting {
    std::string_view name;
    std::string_view module;
    std::string_view parameter;
    model::InstructionSet isa;
    model::Paging paging;
};

inline constexpr std::array settings{
    Setting{"ept=1", "kvm_intel", "ept", model::InstructionSet::vmx, model::Paging::two_dimensional},
    Setting{"ept=0", "kvm_intel", "ept", model::InstructionSet::vmx, model::Paging::shadow},
    Setting{"npt=1", "kvm_amd", "npt", model::InstructionSet::svm, model::Paging::two_dimensional},
    Setting{"npt=0", "kvm_amd", "npt", model::InstructionSet::svm, model::Paging::shadow},
};

/// The setting of that name; null where there is none.
[[nodiscard]] constexpr const Setting* find_setting(std::string_view name) {
    for (const auto& setting : settings) {
        if (setting.name == name)
            return &setting;
    }
    return nullptr;
}

/// Any setting of that KVM module, for its instruction set and parameter; null where there is none.
[[nodiscard]] constexpr const Setting* find_module(std::string_view module) {
    for (const auto& setting : settings) {
        if (setting.module == module)
            return &setting;
    }
    return nullptr;
}

static_assert(find_setting("npt=0")->isa == model::InstructionSet::svm);
static_assert(find_setting("npt") == nullptr);

}  // namespace exitscope::command::evidence
