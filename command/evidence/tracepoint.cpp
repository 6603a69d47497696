// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "evidence/tracepoint.h"

#include <fmt/core.h>

#include "text/json_value.h"
#include "text/number.h"

namespace exitscope::command::evidence {

namespace {

struct TracedReason {
    model::ReasonNumber number;
    bool failed_entry;
};

/// A reason as the tracepoint has it: VMX's exit reason with bit 31 where the entry failed (SDM 3C, 25.9.1),
/// SVM's exit code with its 32 or 64 bits, of which the negative ones are entries that failed (APM 2, 15.5.1
/// and appendix C).
std::optional<TracedReason> parse_traced(model::InstructionSet isa, std::string_view key) {
    if (const auto reason = parse_reason(isa, key))
        return TracedReason{*reason, isa == model::InstructionSet::svm && *reason >= 0xfff0};
    constexpr std::uint64_t failed_entry = 1U << 31U;
    if (isa == model::InstructionSet::vmx) {
        const auto number = text::parse_decimal(key);
        if (!number || (*number & ~std::uint64_t{0xffff}) != failed_entry)
            return std::nullopt;
        const auto basic = parse_reason(isa, std::to_string(*number & 0xffff));
        return basic ? std::optional{TracedReason{*basic, true}} : std::nullopt;
    }
    for (const std::string_view sign : {"0xffff", "0xffffffffffff"}) {
        if (key.starts_with(sign) && key.size() == sign.size() + 4) {
            const auto code = parse_reason(isa, fmt::format("0x{}", key.substr(sign.size())));
            if (code && *code >= 0xfff0)
                return TracedReason{*code, true};
        }
    }
    return std::nullopt;
}

}  // namespace

Witness read_tracepoint(std::string_view text, std::string_view source) {
    const text::JsonDocument document{text, source};
    const auto root = document.root();
    const auto isa = model::parse_isa(root.at("isa").text());
    if (!isa || *isa == model::InstructionSet::unknown)
        root.at("isa").fail(fmt::format("vmx or svm expected, found \"{}\"", root.at("isa").text()));
    Witness tracepoint{"the tracepoint kvm_exit", *isa, {}, 0};
    for (const auto& [key, value] : root.at("counts").members()) {
        const auto reason = parse_traced(*isa, key);
        if (!reason)
            value.fail(fmt::format("the manual defines no such exit reason of {}", name_of(*isa)));
        const auto sum = text::add(count_of(tracepoint.counts, reason->number), value.number());
        if (!sum)
            value.fail("more exits than 64 bits hold");
        tracepoint.counts[reason->number] = *sum;
        if (reason->failed_entry)
            tracepoint.failed_entries += value.number();
    }
    return tracepoint;
}

}  // namespace exitscope::command::evidence
