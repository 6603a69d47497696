// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "print/first_counts.h"

#include <gtest/gtest.h>

#include "golden.h"

namespace exitscope::command::print {
namespace {

TEST(FirstCounts, AreThoseOfThreeWorkloadsAndHowManyFollow) {
    auto result = golden_result("npt=1");
    result.workloads.resize(5);
    result.workloads[0] = {.name = "cpuid", .verdict = model::Verdict::pass, .exits = {{0x72, 100}}};
    result.workloads[1].name = "hlt";
    result.workloads[1].verdict = model::Verdict::fail;
    result.workloads[1].exits = {{0x78, 100}, {0x7c, 200}};
    result.workloads[2] = {.name = "ipi", .verdict = model::Verdict::skip};
    for (auto& workload : result.workloads)
        workload.group = "one";
    EXPECT_EQ(first_counts(result), "cpuid 100 CPUID, hlt 100 HLT + 200 MSR + FAIL, ipi SKIP and 2 more");
    result.workloads.resize(1);
    EXPECT_EQ(first_counts(result), "cpuid 100 CPUID");
    result.workloads.clear();
    EXPECT_EQ(first_counts(result), "");
}

}  // namespace
}  // namespace exitscope::command::print
