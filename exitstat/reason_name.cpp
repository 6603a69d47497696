// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "reason_name.h"

#include <cstdio>

namespace exitscope::exitstat {

namespace {

constexpr const char* vmx_names[] = {
#define EXIT_REASON_VMX(number, name) #name,
#include "exit_reasons.def"
};

constexpr const char* svm_names[] = {
#define EXIT_REASON_SVM(number, name) #name,
#include "exit_reasons.def"
};

}  // namespace

ReasonName name_of_reason(model::InstructionSet isa, std::size_t index) {
    const char* const name = isa == model::InstructionSet::svm ? svm_names[index] : vmx_names[index];
    ReasonName upper{};
    for (std::size_t i = 0; name[i] != '\0' && i + 1 < upper.size(); ++i) {
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
