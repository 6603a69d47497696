// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Two results, workload by workload and reason by reason.

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "result/result.h"

namespace exitscope::command::compare {

/// One reason's exact exits in both results.
struct ReasonPair {
    /// `CPUID`; of all vCPUs, where the workload counts those, `HLT (VM)`.
    std::string reason{};
    std::uint64_t one = 0;
    std::uint64_t other = 0;

    [[nodiscard]] auto order() const { return one <=> other; }

    bool operator==(const ReasonPair&) const = default;
};

/// One workload in both results.
struct WorkloadPair {
    std::string name{};
    std::string group{};
    /// Nothing where that result does not have the workload.
    std::optional<model::Verdict> one{};
    std::optional<model::Verdict> other{};
    /// How often the operation was done.
    std::uint64_t one_iterations = 0;
    std::uint64_t other_iterations = 0;
    /// Those that occurred in either.
    std::vector<ReasonPair> reasons{};

    /// Whether both were measured, so that their counts can be set side by side.
    [[nodiscard]] bool comparable() const;

    [[nodiscard]] bool changed() const;

    bool operator==(const WorkloadPair&) const = default;
};

/// What stands at the head of a column.
struct Side {
    std::string setting{};
    /// The release of the host's kernel; empty where the result does not say.
    std::string kernel{};
    std::optional<std::uint64_t> iterations{};
    model::Verdict verdict = model::Verdict::error;
};

struct Comparison {
    Side one{};
    Side other{};
    /// In the first result's order; what only the other one has stands last.
    std::vector<WorkloadPair> workloads{};

    [[nodiscard]] bool changed() const;
};

/// Puts two results side by side; those of VMX and of SVM by the events that both have (compare/event.h).
[[nodiscard]] Comparison compare(const result::Result& one, const result::Result& other);

}  // namespace exitscope::command::compare
