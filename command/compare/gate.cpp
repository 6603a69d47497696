// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "compare/gate.h"

#include <fmt/core.h>

#include "compare/comparison.h"
#include "text/file.h"

namespace exitscope::command::compare {

namespace {

void add_workload(GateFindings& findings, const WorkloadPair& workload) {
    if (!workload.one) {
        findings.notes.push_back(fmt::format("{}: new, not in the baseline", workload.name));
        return;
    }
    ++findings.compared;
    if (!workload.other) {
        findings.changes.push_back(fmt::format("{}: gone, the baseline has it", workload.name));
        return;
    }
    if (workload.one != workload.other)
        findings.changes.push_back(fmt::format("{}: verdict: expected {}, found {}", workload.name,
                                               name_of(*workload.one), name_of(*workload.other)));
    if (workload.one_iterations != workload.other_iterations) {
        findings.changes.push_back(
            fmt::format("{}: iterations: expected {}, found {}; its counts are not compared", workload.name,
                        workload.one_iterations, workload.other_iterations));
        return;
    }
    if (!workload.comparable())
        return;
    for (const auto& pair : workload.reasons) {
        if (pair.one != pair.other)
            findings.changes.push_back(fmt::format("{}: {}: expected {}, found {}", workload.name,
                                                   pair.reason, pair.one, pair.other));
    }
}

}  // namespace

GateFindings gate(const result::Result& baseline, const result::Result& result) {
    if (baseline.setting != result.setting)
        throw text::InputError(
            fmt::format("the baseline is of {}, the result of {}; a gate compares one setting with "
                        "itself (exitscope compare takes any two)",
                        baseline.setting, result.setting));
    const auto comparison = compare(baseline, result);
    GateFindings findings;
    if (comparison.one.kernel != comparison.other.kernel)
        findings.notes.push_back(fmt::format("another kernel: the baseline is of Linux {}, the result of {}",
                                             comparison.one.kernel, comparison.other.kernel));
    // A worse run is a change, even if what it has measured is right.
    if (result.verdict > baseline.verdict)
        findings.changes.push_back(
            fmt::format("the run: verdict: expected {}, found {}{}{}", name_of(baseline.verdict),
                        name_of(result.verdict), result.problems.empty() ? "" : ": ",
                        result.problems.empty() ? "" : result.problems.front().message));
    for (const auto& workload : comparison.workloads)
        add_workload(findings, workload);
    return findings;
}

}  // namespace exitscope::command::compare
