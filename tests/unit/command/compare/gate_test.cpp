// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "compare/gate.h"

#include <gtest/gtest.h>

#include "golden.h"
#include "text/file.h"

namespace exitscope::command::compare {
namespace {

using Lines = std::vector<std::string>;

report::WorkloadReport* find(result::Result& result, std::string_view name) {
    for (auto& workload : result.workloads) {
        if (workload.name == name)
            return &workload;
    }
    return nullptr;
}

TEST(GateTest, TheSameCountsPassWhateverTheNoise) {
    for (const auto& setting : evidence::settings) {
        const auto baseline = golden_result(setting.name);
        auto result = baseline;
        for (auto& workload : result.workloads) {
            if (workload.window)
                workload.window->noise[1] += 3;
        }
        const auto findings = gate(baseline, result);
        EXPECT_EQ(findings.changes, Lines{}) << setting.name;
        EXPECT_EQ(findings.compared, baseline.workloads.size());
    }
}

TEST(GateTest, OneExitMoreIsNamed) {
    const auto baseline = golden_result("ept=1");
    auto result = baseline;
    ++find(result, "cpuid")->exits[10];
    EXPECT_EQ(gate(baseline, result).changes, Lines{"cpuid: CPUID: expected 100, found 101"});
    EXPECT_EQ(gate(result, baseline).changes, Lines{"cpuid: CPUID: expected 101, found 100"});
    find(result, "cpuid")->exits = {{30, 1}};
    EXPECT_EQ(gate(baseline, result).changes,
              (Lines{"cpuid: CPUID: expected 100, found 0", "cpuid: IO_INSTRUCTION: expected 0, found 1"}));
}

TEST(GateTest, AWorkloadThatIsGoneOrDoneLessOftenIsAChange) {
    const auto baseline = golden_result("npt=0");
    auto result = baseline;
    find(result, "hlt")->iterations /= 2;
    std::erase_if(result.workloads, [](const auto& each) { return each.name == "cpuid"; });
    const auto& changes = gate(baseline, result).changes;
    ASSERT_EQ(changes.size(), 2U);
    EXPECT_EQ(changes[0], "cpuid: gone, the baseline has it");
    EXPECT_TRUE(changes[1].starts_with("hlt: iterations: expected ")) << changes[1];
}

TEST(GateTest, ANewWorkloadAndAnotherKernelAreTold) {
    const auto result = golden_result("ept=0");
    auto baseline = result;
    baseline.host->kernel = "5.10.0";
    std::erase_if(baseline.workloads, [](const auto& each) { return each.name == "cpuid"; });
    const auto findings = gate(baseline, result);
    EXPECT_EQ(findings.changes, Lines{});
    ASSERT_EQ(findings.notes.size(), 2U);
    EXPECT_TRUE(findings.notes[0].starts_with("another kernel: the baseline is of Linux 5.10.0, "));
    EXPECT_EQ(findings.notes[1], "cpuid: new, not in the baseline");
}

TEST(GateTest, AVerdictThatGotWorseIsAChange) {
    const auto baseline = golden_result("ept=1");
    auto result = baseline;
    result.verdict = model::Verdict::crash;
    result.problems = {{model::Verdict::crash, "no end of report"}};
    find(result, "cpuid")->verdict = model::Verdict::skip;
    EXPECT_EQ(gate(baseline, result).changes,
              (Lines{"the run: verdict: expected PASS, found CRASH: no end of report",
                     "cpuid: verdict: expected PASS, found SKIP"}));
}

TEST(GateTest, AnotherSettingIsRefused) {
    EXPECT_THROW(static_cast<void>(gate(golden_result("ept=1"), golden_result("ept=0"))), text::InputError);
}

}  // namespace
}  // namespace exitscope::command::compare
