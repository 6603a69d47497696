// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/format.h>

#include <algorithm>

#include "compare/witness.h"

namespace exitscope::command::compare {

namespace {

/// The signed difference, of which 64 bits might not hold the sign.
std::string difference(const Testimony& testimony) {
    const auto [reason, counted, traced, noise] = testimony;
    if (traced == counted)
        return "0";
    return traced > counted ? fmt::format("+{}", traced - counted) : fmt::format("-{}", counted - traced);
}

std::string table_line(std::string_view name, std::string_view counted, std::string_view traced,
                       std::string_view difference) {
    return fmt::format("{:<24} {:>20} {:>20} {:>20}\n", name, counted, traced, difference);
}

std::string table(model::InstructionSet isa, const std::vector<Testimony>& testimonies) {
    auto text = table_line("reason", "counted", "traced", "difference");
    for (const auto& each : testimonies) {
        if (!each.agrees())
            text += table_line(evidence::display_name(isa, each.reason), fmt::format("{}", each.counted),
                               fmt::format("{}", each.traced), difference(each));
    }
    return text;
}

std::string noise_line(model::InstructionSet isa, const std::vector<Testimony>& testimonies) {
    std::string text;
    for (const auto& each : testimonies) {
        if (each.noise)
            text += fmt::format("{}{} {} counted, {} traced", text.empty() ? "" : "; ",
                                evidence::display_name(isa, each.reason), each.counted, each.traced);
    }
    return text.empty() ? text : fmt::format("noise, which may come in after the last reading: {}\n", text);
}

}  // namespace

std::string witness_text(model::InstructionSet isa, const std::vector<Testimony>& testimonies) {
    std::uint64_t reasons = 0;
    std::uint64_t exits = 0;
    for (const auto& each : testimonies) {
        if (each.noise || !each.agrees())
            continue;
        ++reasons;
        exits += each.counted;
    }
    const auto noise = noise_line(isa, testimonies);
    if (!all_agree(testimonies))
        return fmt::format("the counters and the tracepoint kvm_exit differ:\n{}{}", table(isa, testimonies),
                           noise);
    return fmt::format("the counters and the tracepoint kvm_exit agree: {} reasons, {} exits\n{}", reasons,
                       exits, noise);
}

}  // namespace exitscope::command::compare
