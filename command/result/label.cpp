// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "result/label.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "model/paging_need.h"

namespace exitscope::command::result {

namespace {

/// `100 EPT_VIOLATION in page_first_touch`; empty where no such exit stands in `counts`.
std::string exits_that_need(model::InstructionSet isa, const evidence::Counts& counts, model::Paging paging,
                            std::string_view place) {
    for (const auto& [reason, count] : counts) {
        if (count != 0 && model::paging_needed_by(isa, reason) == paging)
            return fmt::format("{} {} in {}", count, evidence::display_name(isa, reason), place);
    }
    return {};
}

/// Where the guest is a hypervisor, it may want an exit itself that KVM asks for under shadow paging only.
bool says_nothing_of(model::Paging paging, const report::WorkloadReport& workload) {
    return paging == model::Paging::shadow && workload.group == "nested";
}

std::string exits_of_workloads_that_need(const report::Report& report, model::Paging paging) {
    for (const auto& workload : report.workloads) {
        if (says_nothing_of(paging, workload))
            continue;
        if (auto seen = exits_that_need(report.isa(), workload.exits, paging, workload.name); !seen.empty())
            return seen;
    }
    return {};
}

std::string capitals(model::InstructionSet isa) {
    return isa == model::InstructionSet::svm ? "SVM" : "VMX";
}

std::string clause_of_counters(const report::RunInfo& run) {
    if (run.paging == model::Paging::unknown)
        return fmt::format("the counters report {}", capitals(run.isa));
    return fmt::format("the counters report {} paging on {}", name_of(run.paging), capitals(run.isa));
}

/// `one`, `one and two`, `one, two and three`.
std::string joined(const std::vector<Claim>& claims, const evidence::Setting& asked, bool agreeing) {
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

bool Claim::agrees_with(const evidence::Setting& setting) const {
    return (isa == model::InstructionSet::unknown || isa == setting.isa) &&
           (paging == model::Paging::unknown || paging == setting.paging);
}

std::vector<Claim> claims_of_counts(const report::Report& report) {
    std::vector<Claim> claims;
    auto two_dimensional = exits_of_workloads_that_need(report, model::Paging::two_dimensional);
    if (two_dimensional.empty() && report.final_reading)
        two_dimensional = exits_that_need(report.isa(), report.final_reading->exits,
                                          model::Paging::two_dimensional, "the final reading");
    if (!two_dimensional.empty())
        claims.push_back({fmt::format("the counts show two-dimensional paging ({})", two_dimensional),
                          report.isa(), model::Paging::two_dimensional});
    // KVM itself may cause these before the workloads run, so the final reading says nothing here.
    if (const auto shadow = exits_of_workloads_that_need(report, model::Paging::shadow); !shadow.empty())
        claims.push_back(
            {fmt::format("the counts show shadow paging ({})", shadow), report.isa(), model::Paging::shadow});
    return claims;
}

std::vector<Claim> claims_of(const report::Report& report,
                             const std::optional<evidence::HostEvidence>& host) {
    std::vector<Claim> claims;
    if (host)
        claims.push_back({fmt::format("{} has {}={}", host->module, host->parameter(), host->value()),
                          host->isa(), host->paging()});
    // Where the exits are counted from outside the guest was told.
    if (report.isa() != model::InstructionSet::unknown && !report.run->outside())
        claims.push_back({clause_of_counters(*report.run), report.isa(), report.run->paging});
    for (auto& claim : claims_of_counts(report))
        claims.push_back(std::move(claim));
    return claims;
}

std::string label_problem(const evidence::Setting& asked, const std::vector<Claim>& claims) {
    const auto against = joined(claims, asked, false);
    if (!against.empty()) {
        const auto in_favour = joined(claims, asked, true);
        return fmt::format("asked for {}, but {}{}{}", asked.name, against,
                           in_favour.empty() ? "" : ", while ", in_favour);
    }
    if (std::ranges::none_of(claims,
                             [](const Claim& claim) { return claim.paging != model::Paging::unknown; }))
        return fmt::format(
            "asked for {}, but nothing says which paging was in force; give the host's "
            "evidence with --host",
            asked.name);
    return {};
}

}  // namespace exitscope::command::result
