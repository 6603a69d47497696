// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "inner_linux/phase_table.h"

#include <algorithm>
#include <set>

namespace exitscope::command::inner_linux {

namespace {

std::vector<std::string> phases_of(const std::vector<result::Result>& results) {
    std::vector<std::string> names;
    for (const auto& result : results) {
        for (const auto& phase : result.workloads) {
            if (std::ranges::find(names, phase.name) == names.end())
                names.push_back(phase.name);
        }
    }
    return names;
}

const evidence::Counts& noise_of(const report::WorkloadReport& phase) {
    static const evidence::Counts none;
    return phase.window ? phase.window->noise : none;
}

std::uint64_t count_in(const result::Result& result, const std::string& phase, model::ReasonNumber reason) {
    const auto* const found = result::find_workload(result, phase);
    return found == nullptr
               ? 0
               : evidence::count_of(found->exits, reason) + evidence::count_of(noise_of(*found), reason);
}

std::uint64_t total_in(const result::Result& result, const std::string& phase) {
    const auto* const found = result::find_workload(result, phase);
    if (found == nullptr)
        return 0;
    return found->window ? found->window->total : found->total;
}

/// Exact reasons first, then noise; both ascending.
std::vector<model::ReasonNumber> reasons_of_phase(const std::vector<result::Result>& results,
                                                  const std::string& phase) {
    std::set<model::ReasonNumber> exact;
    std::set<model::ReasonNumber> noise;
    for (const auto& result : results) {
        if (const auto* const found = result::find_workload(result, phase)) {
            for (const auto& [reason, count] : found->exits)
                exact.insert(reason);
            for (const auto& [reason, count] : noise_of(*found))
                noise.insert(reason);
        }
    }
    std::vector<model::ReasonNumber> reasons{exact.begin(), exact.end()};
    reasons.insert(reasons.end(), noise.begin(), noise.end());
    return reasons;
}

}  // namespace

PhaseTable make_phase_table(const std::vector<result::Result>& results) {
    PhaseTable table{.isa = results.front().isa()};
    for (const auto& result : results) {
        table.settings.push_back(result.setting);
        if (result.host)
            table.kernel = result.host->kernel;
    }
    for (const auto& phase : phases_of(results)) {
        PhaseRow all{.phase = phase};
        for (const auto& result : results)
            all.counts.push_back(total_in(result, phase));
        table.rows.push_back(std::move(all));
        for (const auto reason : reasons_of_phase(results, phase)) {
            PhaseRow row{.phase = phase, .reason = reason, .noise = evidence::is_noise(table.isa, reason)};
            for (const auto& result : results)
                row.counts.push_back(count_in(result, phase, reason));
            table.rows.push_back(std::move(row));
        }
    }
    return table;
}

}  // namespace exitscope::command::inner_linux
