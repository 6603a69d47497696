// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/core.h>

#include "compare/witnessed.h"

namespace exitscope::command::compare {

namespace {

/// The signed difference, of which 64 bits might not hold the sign.
std::string difference(std::uint64_t counted, std::uint64_t seen) {
    if (seen == counted)
        return "0";
    return seen > counted ? fmt::format("+{}", seen - counted) : fmt::format("-{}", counted - seen);
}

std::string table_line(std::string_view name, std::string_view counted, std::string_view seen,
                       std::string_view difference) {
    return fmt::format("{:<24} {:>20} {:>20} {:>20}\n", name, counted, seen, difference);
}

std::string table(model::InstructionSet isa, const std::vector<WitnessedReason>& reasons) {
    auto text = table_line("reason", "counted", "seen", "difference");
    for (const auto& each : reasons) {
        if (!each.agrees())
            text += table_line(evidence::display_name(isa, each.reason), fmt::format("{}", each.counted),
                               fmt::format("{}", each.seen), difference(each.counted, each.seen));
    }
    return text;
}

std::string noise_line(model::InstructionSet isa, const std::vector<WitnessedReason>& reasons) {
    std::string text;
    for (const auto& each : reasons) {
        if (each.noise)
            text += fmt::format("{}{} {} counted, {} seen", text.empty() ? "" : "; ",
                                evidence::display_name(isa, each.reason), each.counted, each.seen);
    }
    return text.empty() ? text : fmt::format("noise, which may come in after the last reading: {}\n", text);
}

std::string failed_entries_line(const evidence::Witness& witness) {
    if (witness.failed_entries == 0)
        return {};
    return fmt::format("failed VM entries, which count as their basic reason: {}\n", witness.failed_entries);
}

}  // namespace

std::string witnessed_text(const evidence::Witness& witness, const std::vector<WitnessedReason>& reasons) {
    std::uint64_t agreeing = 0;
    std::uint64_t exits = 0;
    for (const auto& each : reasons) {
        if (each.noise || !each.agrees())
            continue;
        ++agreeing;
        exits += each.counted;
    }
    const auto notes = failed_entries_line(witness) + noise_line(witness.isa, reasons);
    if (!all_agree(reasons))
        return fmt::format("the counters and {} differ:\n{}{}", witness.name, table(witness.isa, reasons),
                           notes);
    return fmt::format("the counters and {} agree: {} reasons, {} exits\n{}", witness.name, agreeing, exits,
                       notes);
}

}  // namespace exitscope::command::compare
