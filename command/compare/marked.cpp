// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "compare/marked.h"

#include <fmt/core.h>

#include <algorithm>

#include "text/file.h"

namespace exitscope::command::compare {

namespace {

/// All exits of a window, as they are seen from outside.
evidence::Counts all_of(model::InstructionSet isa, const evidence::Counts& exits,
                        const evidence::Counts& noise, std::uint64_t reads) {
    evidence::Counts all = exits;
    for (const auto& [reason, count] : noise)
        all[reason] += count;
    all[model::cpuid_reason(isa)] += reads;
    return all;
}

ComparedWindow compared(const report::WorkloadReport& workload, std::uint64_t iterations, std::uint64_t mark,
                        evidence::Counts counted, const evidence::Marks& marks) {
    auto seen = evidence::window_at(marks, mark);
    return {.workload = workload.name,
            .iterations = iterations,
            .mark = mark,
            .counted = std::move(counted),
            .seen = seen ? std::optional{std::move(seen->exits)} : std::nullopt};
}

}  // namespace

std::vector<ComparedWindow> compare_windows(const result::Result& result, const evidence::Marks& marks) {
    if (result.isa() != marks.isa)
        throw text::InputError(
            fmt::format("the result is of {}, the marks are of {}; they are of different runs",
                        name_of(result.isa()), name_of(marks.isa)));
    std::vector<ComparedWindow> windows;
    for (const auto& workload : result.workloads) {
        if (!workload.window || !workload.window->mark)
            continue;
        const auto& window = *workload.window;
        const auto all = [&](const evidence::Counts& exits, const evidence::Counts& noise) {
            return all_of(marks.isa, exits, noise, window.reads);
        };
        windows.push_back(
            compared(workload, workload.iterations, *window.mark, all(workload.exits, window.noise), marks));
        if (window.doubled_mark)
            windows.push_back(compared(workload, 2 * workload.iterations, *window.doubled_mark,
                                       all(workload.doubled, window.doubled_noise), marks));
    }
    if (windows.empty())
        throw text::InputError(
            "the result has no window with a mark: the counters have no latch, or nothing was measured");
    return windows;
}

std::string compared_windows_text(model::InstructionSet isa, const std::vector<ComparedWindow>& windows) {
    std::uint64_t exits = 0;
    std::string differing;
    for (const auto& window : windows) {
        exits += evidence::sum_of(window.counted).value_or(0);
        if (window.agrees())
            continue;
        differing +=
            fmt::format("  {}, {} iterations, mark {}: ", window.workload, window.iterations, window.mark);
        differing +=
            window.seen ? evidence::differences(isa, window.counted, *window.seen) : "no window begins there";
        differing += "\n";
    }
    if (differing.empty())
        return fmt::format("the counters and the tracepoint agree in each of {} windows, {} exits\n",
                           windows.size(), exits);
    const auto count = std::ranges::count_if(windows, [](const auto& window) { return !window.agrees(); });
    return fmt::format(
        "the counters and the tracepoint differ in {} of {} windows (expected: the counters, found: the "
        "tracepoint):\n{}",
        count, windows.size(), differing);
}

}  // namespace exitscope::command::compare
