// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "reason_name.h"

#include <cstdio>

#include "model/reason_name.h"

namespace exitscope::exitstat {

ReasonName name_of_reason(model::InstructionSet isa, std::size_t index) {
    const auto name = model::name_of(isa, model::reasons_of(isa)[index]);
    ReasonName upper{};
    for (std::size_t i = 0; i < name.size() && i + 1 < upper.size(); ++i) {
        const bool lower = name[i] >= 'a' && name[i] <= 'z';
        upper[i] = static_cast<char>(lower ? name[i] - 'a' + 'A' : name[i]);
    }
    return upper;
}

ReasonName key_of_reason(model::InstructionSet isa, std::size_t index) {
    ReasonName key{};
    const unsigned number = model::reasons_of(isa)[index];
    std::snprintf(key.data(), key.size(), isa == model::InstructionSet::svm ? "0x%x" : "%u", number);
    return key;
}

}  // namespace exitscope::exitstat
