// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The exits of all workloads of a result together, by reason.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "result/result.h"

namespace exitscope::command::show {

struct ReasonSummary {
    std::string reason{};
    /// Exact exits in all windows of N.
    std::uint64_t samples = 0;
    /// Of all samples, 0 to 100.
    double samples_percent = 0;
    /// Of the TSC ticks of all exits, 0 to 100; nothing where the counters give no ticks.
    std::optional<double> time_percent{};
    /// TSC ticks of one exit; nothing as above.
    std::optional<std::uint64_t> average_ticks{};
};

/// The most frequent reason first, as `perf kvm stat report` has them.
[[nodiscard]] std::vector<ReasonSummary> summary_of(const result::Result& result);

/// `31.40%`, or `-` where there is nothing to divide.
[[nodiscard]] std::string percent_text(const std::optional<double>& percent);

/// The TSC ticks of one exit, or `-` where the counters give none.
[[nodiscard]] std::string ticks_text(const ReasonSummary& row);

/// A line that says that the ticks mean nothing, where time is emulated; else empty.
[[nodiscard]] std::string time_note(const result::Result& result);

}  // namespace exitscope::command::show
