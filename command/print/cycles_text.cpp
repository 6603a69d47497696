// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/core.h>

#include "print/table.h"

namespace exitscope::command::print {

namespace {

constexpr std::string_view none = "-";

std::string heading_of(const result::Result& result) {
    if (!result.host)
        return fmt::format("{}: nobody says whether time is real or emulated", result.setting);
    if (result.host->time_is_emulated())
        return fmt::format("{}: time is emulated ({}): these ticks mean nothing", result.setting,
                           result.host->emulator);
    return fmt::format("{}: TSC ticks of a real CPU", result.setting);
}

/// The host's ticks from one exit to the next entry, on average over a workload's own exits; nothing where it
/// had none or the counters keep no cycles.
std::optional<double> host_ticks_per_exit(model::InstructionSet isa, const report::WorkloadReport& workload) {
    const auto& window = *workload.window;
    if (workload.total == 0 || window.cycles.empty())
        return std::nullopt;
    double ticks = 0;
    for (const auto& [reason, exits] : workload.exits) {
        // The CPUID exits include the reads of the counters.
        const auto all = exits + (reason == model::cpuid_reason(isa) ? window.reads : 0);
        ticks += static_cast<double>(evidence::count_of(window.cycles, reason)) * static_cast<double>(exits) /
                 static_cast<double>(all);
    }
    return ticks / static_cast<double>(workload.total);
}

std::string line_of(std::string_view name, std::string_view min, std::string_view median,
                    std::string_view max, std::string_view guest, std::string_view host,
                    std::string_view rest) {
    return fmt::format("{:<24} {:>12} {:>12} {:>12}   {:>12} {:>12} {:>12}\n", name, min, median, max, guest,
                       host, rest);
}

std::string line_of(model::InstructionSet isa, const report::WorkloadReport& workload) {
    const auto& [min, median, max] = workload.window->guest_ticks;
    std::string guest{none};
    std::string host{none};
    std::string rest{none};
    if (const auto host_ticks = host_ticks_per_exit(isa, workload)) {
        const double guest_ticks = static_cast<double>(median) * static_cast<double>(workload.iterations) /
                                   static_cast<double>(workload.total);
        guest = fmt::format("{:.0f}", guest_ticks);
        host = fmt::format("{:.0f}", *host_ticks);
        rest = fmt::format("{:.0f}", guest_ticks - *host_ticks);
    }
    return line_of(workload.name, fmt::format("{}", min), fmt::format("{}", median), fmt::format("{}", max),
                   guest, host, rest);
}

}  // namespace

std::string cycles_text(const result::Result& result) {
    auto text = heading_of(result) + "\n\n";
    text += line_of("", "one step,", "as the guest", "sees it", "one exit:", "the host's", "the");
    text += line_of("workload", "min", "median", "max", "median", "average", "difference");
    for (const auto& workload : result.workloads) {
        if (workload.window)
            text += line_of(result.isa(), workload);
    }
    return text +
           "\nThe difference is what the hardware takes for the exit and the entry, and the guest for the "
           "rest of "
           "its step.\n";
}

}  // namespace exitscope::command::print
