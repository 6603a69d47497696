// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "print/noise_summary.h"

#include <fmt/core.h>

#include "text/number.h"

namespace exitscope::command::print {

namespace {

/// Stays at the largest number where 64 bits are too few.
std::uint64_t add_up(std::uint64_t one, std::uint64_t other) {
    return text::add(one, other).value_or(UINT64_MAX);
}

evidence::Counts noise_of(const result::Result& result) {
    evidence::Counts sum;
    for (const auto& workload : result.workloads) {
        if (!workload.window)
            continue;
        for (const auto& [reason, count] : workload.window->noise)
            sum[reason] = add_up(sum[reason], count);
    }
    return sum;
}

}  // namespace

std::string noise_summary(std::span<const result::Result> results) {
    std::string text;
    for (const auto& result : results) {
        for (const auto& [reason, count] : noise_of(result)) {
            text += fmt::format("{}{} {}", text.empty() ? "" : ", ",
                                evidence::display_name(result.isa(), reason), count);
            if (results.size() > 1)
                text += fmt::format(" ({})", result.setting);
        }
    }
    return "noise, not judged: " + (text.empty() ? "none" : text);
}

}  // namespace exitscope::command::print
