// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "compare/comparison.h"

#include <algorithm>

#include "compare/event.h"

namespace exitscope::command::compare {

namespace {

bool was_measured(model::Verdict verdict) {
    return verdict == model::Verdict::pass || verdict == model::Verdict::fail;
}

class Pairing {
public:
    using Side = std::uint64_t ReasonPair::*;

    explicit Pairing(bool by_event) : by_event_{by_event} {}

    void add(model::InstructionSet isa, const report::WorkloadReport& workload, Side side) {
        for (const auto& [reason, count] : workload.exits)
            of(name(isa, reason)).*side += count;
        for (const auto& [reason, count] : workload.vm_exits)
            of(name(isa, reason) + " (VM)").*side += count;
    }

    std::vector<ReasonPair> take() {
        std::erase(pairs_, ReasonPair{});
        return std::move(pairs_);
    }

private:
    [[nodiscard]] std::string name(model::InstructionSet isa, model::ReasonNumber reason) const {
        return by_event_ ? event_name(isa, reason) : evidence::display_name(isa, reason);
    }

    ReasonPair& of(const std::string& reason) {
        const auto known = std::ranges::find(pairs_, reason, &ReasonPair::reason);
        return known != pairs_.end() ? *known : pairs_.emplace_back(ReasonPair{.reason = reason});
    }

    bool by_event_;
    std::vector<ReasonPair> pairs_;
};

WorkloadPair pair_of(const result::Result& one, const result::Result& other, const std::string& name) {
    WorkloadPair pair{.name = name};
    Pairing reasons{one.isa() != other.isa()};
    if (const auto* const workload = result::find_workload(one, name)) {
        pair.group = workload->group;
        pair.one = workload->verdict;
        pair.one_iterations = workload->iterations;
        reasons.add(one.isa(), *workload, &ReasonPair::one);
    }
    if (const auto* const workload = result::find_workload(other, name)) {
        pair.group = workload->group;
        pair.other = workload->verdict;
        pair.other_iterations = workload->iterations;
        reasons.add(other.isa(), *workload, &ReasonPair::other);
    }
    pair.reasons = reasons.take();
    return pair;
}

Side side_of(const result::Result& result) {
    return {.setting = result.setting,
            .kernel = result.host ? result.host->kernel : std::string{},
            .iterations = result.run ? std::optional{result.run->iterations} : std::nullopt,
            .verdict = result.verdict};
}

}  // namespace

bool WorkloadPair::comparable() const {
    return one && other && was_measured(*one) && was_measured(*other) && one_iterations == other_iterations;
}

bool WorkloadPair::changed() const {
    return one != other || one_iterations != other_iterations ||
           std::ranges::any_of(reasons, [](const auto& each) { return each.one != each.other; });
}

bool Comparison::changed() const {
    return std::ranges::any_of(workloads, &WorkloadPair::changed);
}

Comparison compare(const result::Result& one, const result::Result& other) {
    Comparison comparison{side_of(one), side_of(other), {}};
    for (const auto& workload : one.workloads)
        comparison.workloads.push_back(pair_of(one, other, workload.name));
    for (const auto& workload : other.workloads) {
        if (result::find_workload(one, workload.name) == nullptr)
            comparison.workloads.push_back(pair_of(one, other, workload.name));
    }
    return comparison;
}

}  // namespace exitscope::command::compare
