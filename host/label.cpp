// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "label.h"

#include <fmt/format.h>

#include <algorithm>

namespace exitscope {

namespace {

using Predicate = bool (*)(InstructionSet, ReasonNumber);

/// `100 EPT_VIOLATION in page_first_touch`; empty where no such exit stands in `counts`.
std::string sighting(InstructionSet isa, const Counts& counts, Predicate shows, std::string_view place) {
    for (const auto& [reason, count] : counts) {
        if (count != 0 && shows(isa, reason))
            return fmt::format("{} {} in {}", count, display_name(isa, reason), place);
    }
    return {};
}

std::string sighting_in_workloads(const Report& report, Predicate shows) {
    for (const auto& workload : report.workloads) {
        if (auto seen = sighting(report.isa(), workload.exits, shows, workload.name); !seen.empty())
            return seen;
    }
    return {};
}

std::string capitals(InstructionSet isa) {
    return isa == InstructionSet::svm ? "SVM" : "VMX";
}

std::string clause_of_counters(const RunInfo& run) {
    if (run.paging == Paging::unknown)
        return fmt::format("the counters report {}", capitals(run.isa));
    return fmt::format("the counters report {} paging on {}", name_of(run.paging), capitals(run.isa));
}

/// `one`, `one and two`, `one, two and three`.
std::string joined(const std::vector<Claim>& claims, const Setting& asked, bool agreeing) {
    std::vector<std::string_view> texts;
    for (const auto& claim : claims) {
        if (claim.agrees_with(asked) == agreeing)
            texts.push_back(claim.text);
    }
    if (texts.size() < 2)
        return texts.empty() ? std::string{} : std::string{texts.front()};
    const auto last = texts.back();
    texts.pop_back();
    return fmt::format("{} and {}", fmt::join(texts, ", "), last);
}

}  // namespace

bool Claim::agrees_with(const Setting& setting) const {
    return (isa == InstructionSet::unknown || isa == setting.isa) &&
           (paging == Paging::unknown || paging == setting.paging);
}

std::vector<Claim> claims_of_counts(const Report& report) {
    std::vector<Claim> claims;
    auto two_dimensional = sighting_in_workloads(report, needs_two_dimensional_paging);
    if (two_dimensional.empty() && report.final_reading)
        two_dimensional = sighting(report.isa(), report.final_reading->exits, needs_two_dimensional_paging,
                                   "the final reading");
    if (!two_dimensional.empty())
        claims.push_back({fmt::format("the counts show two-dimensional paging ({})", two_dimensional),
                          report.isa(), Paging::two_dimensional});
    // KVM itself may ask for these before the workloads run, so the final reading says nothing here.
    if (const auto shadow = sighting_in_workloads(report, needs_shadow_paging); !shadow.empty())
        claims.push_back(
            {fmt::format("the counts show shadow paging ({})", shadow), report.isa(), Paging::shadow});
    return claims;
}

std::vector<Claim> claims_of(const Report& report, const std::optional<HostEvidence>& host) {
    std::vector<Claim> claims;
    if (host)
        claims.push_back({fmt::format("{} has {}={}", host->module, host->parameter(), host->value()),
                          host->isa(), host->paging()});
    if (report.isa() != InstructionSet::unknown)
        claims.push_back({clause_of_counters(*report.run), report.isa(), report.run->paging});
    for (auto& claim : claims_of_counts(report))
        claims.push_back(std::move(claim));
    return claims;
}

std::string label_problem(const Setting& asked, const std::vector<Claim>& claims) {
    const auto against = joined(claims, asked, false);
    if (!against.empty()) {
        const auto in_favour = joined(claims, asked, true);
        return fmt::format("asked for {}, but {}{}{}", asked.name, against,
                           in_favour.empty() ? "" : ", while ", in_favour);
    }
    if (std::ranges::none_of(claims, [](const Claim& claim) { return claim.paging != Paging::unknown; }))
        return fmt::format(
            "asked for {}, but nothing says which paging was in force; give the host's "
            "evidence with --host",
            asked.name);
    return {};
}

}  // namespace exitscope
