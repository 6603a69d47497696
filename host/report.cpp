// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "report.h"

namespace exitscope {

Verdict verdict_of(const Report& report) {
    Verdict verdict = report.errors.empty() ? Verdict::skip : Verdict::error;
    for (const auto& workload : report.workloads)
        verdict = worst(verdict, workload.verdict);
    return verdict;
}

}  // namespace exitscope
