// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "sweep/sweep_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

namespace exitscope::command::sweep {

namespace {

std::string verdict_text(const std::optional<model::Verdict>& verdict) {
    return verdict ? std::string{name_of(*verdict)} : "not run";
}

/// The lines of one setting: workloads with the same difference share one.
std::string effect_text(const Effect& effect) {
    std::vector<std::pair<std::string, std::vector<std::string>>> differences;
    for (const auto& pair : effect.comparison->workloads) {
        const auto difference = difference_text(pair);
        if (difference.empty())
            continue;
        const auto known =
            std::ranges::find(differences, difference, &decltype(differences)::value_type::first);
        if (known != differences.end())
            known->second.push_back(pair.name);
        else
            differences.push_back({difference, {pair.name}});
    }
    std::string text;
    for (const auto& [difference, workloads] : differences)
        text += fmt::format("  {}  {}  {}\n", effect.setting, difference, fmt::join(workloads, ", "));
    return text;
}

/// Why, then which change, then under which settings.
using Refusals = std::map<std::string, std::map<std::string, std::vector<std::string>>>;

std::string refusals_text(const Refusals& refused, bool after_others) {
    std::string text;
    for (const auto& [why, changes] : refused) {
        text += fmt::format("{}Not measured: {}\n", after_others || !text.empty() ? "\n" : "", why);
        for (const auto& [change, settings] : changes)
            text += fmt::format("  {} ({})\n", change, fmt::join(settings, ", "));
    }
    return text;
}

std::string title(const Change& change) {
    return change.usual.empty() ? change.name : fmt::format("{} instead of {}", change.name, change.usual);
}

}  // namespace

std::string difference_text(const compare::WorkloadPair& pair) {
    if (!pair.comparable())
        return pair.one == pair.other
                   ? std::string{}
                   : fmt::format("{}, was {}", verdict_text(pair.other), verdict_text(pair.one));
    std::string text;
    for (const auto& reason : pair.reasons) {
        if (reason.one != reason.other)
            text += fmt::format("{}{}{} {}", text.empty() ? "" : ", ", reason.other > reason.one ? "+" : "-",
                                std::max(reason.one, reason.other) - std::min(reason.one, reason.other),
                                reason.reason);
    }
    return text;
}

std::string sweep_text(const std::vector<ChangeEffects>& changes) {
    std::string text;
    std::vector<std::string> without_effect;
    Refusals refused;
    for (const auto& [change, effects] : changes) {
        std::string lines;
        bool was_measured = false;
        for (const auto& effect : effects) {
            if (effect.comparison) {
                was_measured = true;
                lines += effect_text(effect);
            } else {
                refused[effect.refusal][change.name].push_back(effect.setting);
            }
        }
        if (!lines.empty())
            text += fmt::format("{}{}\n{}", text.empty() ? "" : "\n", title(change), lines);
        else if (was_measured)
            without_effect.push_back(change.name);
    }
    if (!without_effect.empty())
        text += fmt::format("{}No workload's exits change with\n  {}\n", text.empty() ? "" : "\n",
                            fmt::join(without_effect, "\n  "));
    return text + refusals_text(refused, !text.empty());
}

}  // namespace exitscope::command::sweep
