// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "report/report.h"

namespace exitscope::command::report {

model::Verdict verdict_of(const Report& report) {
    model::Verdict verdict = report.errors.empty() ? model::Verdict::skip : model::Verdict::error;
    for (const auto& workload : report.workloads)
        verdict = model::worst(verdict, workload.verdict);
    return verdict;
}

}  // namespace exitscope::command::report
