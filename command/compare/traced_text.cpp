// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/core.h>

#include "compare/traced.h"

namespace exitscope::command::compare {

namespace {

/// The signed difference, of which 64 bits might not hold the sign.
std::string difference(std::uint64_t counted, std::uint64_t traced) {
    if (traced == counted)
        return "0";
    return traced > counted ? fmt::format("+{}", traced - counted) : fmt::format("-{}", counted - traced);
}

std::string table_line(std::string_view name, std::string_view counted, std::string_view traced,
                       std::string_view difference) {
    return fmt::format("{:<24} {:>20} {:>20} {:>20}\n", name, counted, traced, difference);
}

std::string table(model::InstructionSet isa, const std::vector<TracedReason>& reasons) {
    auto text = table_line("reason", "counted", "traced", "difference");
    for (const auto& each : reasons) {
        if (!each.agrees())
            text += table_line(evidence::display_name(isa, each.reason), fmt::format("{}", each.counted),
                               fmt::format("{}", each.traced), difference(each.counted, each.traced));
    }
    return text;
}

std::string noise_line(model::InstructionSet isa, const std::vector<TracedReason>& reasons) {
    std::string text;
    for (const auto& each : reasons) {
        if (each.noise)
            text += fmt::format("{}{} {} counted, {} traced", text.empty() ? "" : "; ",
                                evidence::display_name(isa, each.reason), each.counted, each.traced);
    }
    return text.empty() ? text : fmt::format("noise, which may come in after the last reading: {}\n", text);
}

}  // namespace

std::string traced_text(model::InstructionSet isa, const std::vector<TracedReason>& reasons) {
    std::uint64_t agreeing = 0;
    std::uint64_t exits = 0;
    for (const auto& each : reasons) {
        if (each.noise || !each.agrees())
            continue;
        ++agreeing;
        exits += each.counted;
    }
    const auto noise = noise_line(isa, reasons);
    if (!all_agree(reasons))
        return fmt::format("the counters and the tracepoint kvm_exit differ:\n{}{}", table(isa, reasons),
                           noise);
    return fmt::format("the counters and the tracepoint kvm_exit agree: {} reasons, {} exits\n{}", agreeing,
                       exits, noise);
}

}  // namespace exitscope::command::compare
