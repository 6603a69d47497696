// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "evidence/tracepoint.h"

#include <fmt/core.h>

#include "text/json_value.h"

namespace exitscope::command::evidence {

Witness read_tracepoint(std::string_view text, std::string_view source) {
    const text::JsonDocument document{text, source};
    const auto root = document.root();
    const auto isa = model::parse_isa(root.at("isa").text());
    if (!isa || *isa == model::InstructionSet::unknown)
        root.at("isa").fail(fmt::format("vmx or svm expected, found \"{}\"", root.at("isa").text()));
    Witness tracepoint{"the tracepoint kvm_exit", *isa, {}};
    for (const auto& [key, value] : root.at("counts").members()) {
        const auto reason = parse_reason(*isa, key);
        if (!reason)
            value.fail(fmt::format("the manual defines no such exit reason of {}", name_of(*isa)));
        tracepoint.counts.emplace(*reason, value.number());
    }
    return tracepoint;
}

}  // namespace exitscope::command::evidence
