// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "reasons.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace exitscope {

namespace {

constexpr auto vmx_reasons = std::to_array<Reason>({
#define EXIT_REASON_VMX(number, name) {(number), #name},
#include "exit_reasons.def"
});

constexpr auto svm_reasons = std::to_array<Reason>({
#define EXIT_REASON_SVM(number, name) {(number), #name},
#include "exit_reasons.def"
});

static_assert(std::ranges::is_sorted(vmx_reasons, {}, &Reason::number));
static_assert(std::ranges::is_sorted(svm_reasons, {}, &Reason::number));

/// A few reasons of each instruction set.
struct ReasonClass {
    std::span<const ReasonNumber> vmx;
    std::span<const ReasonNumber> svm;

    [[nodiscard]] bool holds(InstructionSet isa, ReasonNumber reason) const {
        const auto numbers = isa == InstructionSet::svm ? svm : vmx;
        return isa != InstructionSet::unknown && std::ranges::find(numbers, reason) != numbers.end();
    }
};

constexpr ReasonNumber vmx_noise[] = {1, 7, 52};
constexpr ReasonNumber svm_noise[] = {0x60, 0x61, 0x62, 0x64};
constexpr ReasonNumber vmx_pause[] = {40};
constexpr ReasonNumber svm_pause[] = {0x77};
constexpr ReasonNumber vmx_two_dimensional[] = {48, 49, 62};
constexpr ReasonNumber svm_two_dimensional[] = {0x400};
constexpr ReasonNumber vmx_shadow[] = {14, 58};
constexpr ReasonNumber svm_shadow[] = {0x03, 0x13, 0x4e, 0x79};

constexpr ReasonClass noise{vmx_noise, svm_noise};
constexpr ReasonClass pause_loop{vmx_pause, svm_pause};
constexpr ReasonClass two_dimensional_only{vmx_two_dimensional, svm_two_dimensional};
constexpr ReasonClass shadow_only{vmx_shadow, svm_shadow};

const Reason* find(InstructionSet isa, ReasonNumber number) {
    const auto reasons = reasons_of(isa);
    const auto found = std::ranges::lower_bound(reasons, number, {}, &Reason::number);
    return found == reasons.end() || found->number != number ? nullptr : &*found;
}

}  // namespace

std::span<const Reason> reasons_of(InstructionSet isa) {
    switch (isa) {
        case InstructionSet::vmx:
            return vmx_reasons;
        case InstructionSet::svm:
            return svm_reasons;
        default:
            return {};
    }
}

std::string display_name(InstructionSet isa, ReasonNumber reason) {
    const Reason* const known = find(isa, reason);
    if (known == nullptr)
        return fmt::format("REASON {}", reason_key(isa, reason));
    std::string name{known->name};
    std::ranges::transform(name, name.begin(), [](char letter) {
        return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
    });
    return name;
}

std::string reason_key(InstructionSet isa, ReasonNumber reason) {
    return isa == InstructionSet::svm ? fmt::format("{:#x}", reason) : fmt::format("{}", reason);
}

std::optional<ReasonNumber> parse_reason(InstructionSet isa, std::string_view key) {
    const bool svm = isa == InstructionSet::svm;
    const auto digits = svm && key.starts_with("0x") ? key.substr(2) : key;
    ReasonNumber number = 0;
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), number, svm ? 16 : 10);
    if (parsed.ec != std::errc{} || find(isa, number) == nullptr || reason_key(isa, number) != key)
        return std::nullopt;
    return number;
}

bool is_noise(InstructionSet isa, ReasonNumber reason) {
    return noise.holds(isa, reason);
}

bool is_pause(InstructionSet isa, ReasonNumber reason) {
    return pause_loop.holds(isa, reason);
}

bool needs_two_dimensional_paging(InstructionSet isa, ReasonNumber reason) {
    return two_dimensional_only.holds(isa, reason);
}

bool needs_shadow_paging(InstructionSet isa, ReasonNumber reason) {
    return shadow_only.holds(isa, reason);
}

}  // namespace exitscope
