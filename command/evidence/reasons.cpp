// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "evidence/reasons.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>

#include "model/noise.h"
#include "model/reason_name.h"

namespace exitscope::command::evidence {

std::string display_name(model::InstructionSet isa, model::ReasonNumber reason) {
    std::string name{model::name_of(isa, reason)};
    if (name.empty())
        return fmt::format("REASON {}", reason_key(isa, reason));
    std::ranges::transform(name, name.begin(), [](char letter) {
        return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
    });
    return name;
}

std::string reason_key(model::InstructionSet isa, model::ReasonNumber reason) {
    return isa == model::InstructionSet::svm ? fmt::format("{:#x}", reason) : fmt::format("{}", reason);
}

std::optional<model::ReasonNumber> parse_reason(model::InstructionSet isa, std::string_view key) {
    const bool svm = isa == model::InstructionSet::svm;
    const auto digits = svm && key.starts_with("0x") ? key.substr(2) : key;
    model::ReasonNumber number = 0;
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), number, svm ? 16 : 10);
    if (parsed.ec != std::errc{} || !model::index_of(isa, number) || reason_key(isa, number) != key)
        return std::nullopt;
    return number;
}

bool is_noise(model::InstructionSet isa, model::ReasonNumber reason) {
    const auto when = model::noise_when(isa, reason);
    return when == model::NoiseWhen::always || when == model::NoiseWhen::with_interrupts;
}

bool is_pause(model::InstructionSet isa, model::ReasonNumber reason) {
    return model::noise_when(isa, reason) == model::NoiseWhen::while_pausing;
}

}  // namespace exitscope::command::evidence
