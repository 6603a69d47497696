// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What each workload costs a step, from the measured counts of several results (docs/exit-prices.md).

#include <span>
#include <string>

#include "report/report.h"
#include "result/result.h"

namespace exitscope::command::prices {

/// A straight line through two windows: `once + repetitions x each`.
struct MeasuredPrice {
    evidence::Counts each;
    evidence::Counts once;

    bool operator==(const MeasuredPrice&) const = default;
};

/// The price by the counts of N and of twice N iterations, without the oracle. Throws InputError where they
/// lie on no such line.
[[nodiscard]] MeasuredPrice measured_price(const report::WorkloadReport& workload);

/// That price as `1 HLT, 2 MSR (msr:0x838, msr:0x80b) + once 1 EXCP_PF`; `0` where it is nothing. What stands
/// in brackets comes from the oracle.
[[nodiscard]] std::string price_text(model::InstructionSet isa, const report::WorkloadReport& workload);

/// The whole document: a table for each group of the guest's list. Throws InputError where a result is not
/// PASS, does not say of which kernel it is, knows a workload that the list does not, or has measured one
/// that another one of this kernel and setting has measured, too.
[[nodiscard]] std::string prices_markdown(std::span<const report::Description> list,
                                          std::span<const result::Result> results);

/// The document of nested guests: what their operations cost beside those of a guest of KVM, from results
/// that have measured both. Throws InputError as `prices_markdown` does for the results.
[[nodiscard]] std::string nested_markdown(std::span<const report::Description> list,
                                          std::span<const result::Result> results);

}  // namespace exitscope::command::prices
