// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
//
// What a sweep prints.

#include "sweep/sweep_text.h"

#include <gtest/gtest.h>

namespace exitscope::command::sweep {
namespace {

using model::Verdict;

compare::WorkloadPair pair(const std::string& name, std::vector<compare::ReasonPair> reasons,
                           Verdict one = Verdict::pass, Verdict other = Verdict::fail) {
    return {.name = name,
            .one = one,
            .other = other,
            .one_iterations = 100,
            .other_iterations = 100,
            .reasons = std::move(reasons)};
}

Effect effect(const std::string& setting, std::vector<compare::WorkloadPair> workloads) {
    return {.setting = setting, .comparison = compare::Comparison{.workloads = std::move(workloads)}};
}

TEST(SweepText, TellsMoreAndLess) {
    EXPECT_EQ(difference_text(pair("invlpg", {{"INVLPG", 100, 0}, {"CPUID", 3, 3}, {"CR_ACCESS", 0, 7}})),
              "-100 INVLPG, +7 CR_ACCESS");
    EXPECT_EQ(difference_text(pair("invlpg", {{"INVLPG", 100, 100}})), "");
    EXPECT_EQ(difference_text(pair("invlpg", {})), "");
    constexpr auto most = ~std::uint64_t{};
    EXPECT_EQ(difference_text(pair("hlt", {{"HLT", 0, most}})), "+18446744073709551615 HLT");
}

TEST(SweepText, ComparesNoCountWithNone) {
    EXPECT_EQ(difference_text(pair("hlt", {{"HLT", 100, 0}}, Verdict::pass, Verdict::skip)),
              "SKIP, was PASS");
    EXPECT_EQ(difference_text(pair("hlt", {}, Verdict::skip, Verdict::skip)), "");
    auto gone = pair("hlt", {});
    gone.other.reset();
    EXPECT_EQ(difference_text(gone), "not run, was PASS");
}

TEST(SweepText, PutsWhatDoesSomethingFirst) {
    const auto cheaper = [](const std::string& name) { return pair(name, {{"INVLPG", 100, 0}}); };
    const std::vector<ChangeEffects> changes{
        {.change = {.name = "kvm.a=N"}, .effects = {effect("ept=1", {pair("hlt", {{"HLT", 1, 1}})})}},
        {.change = {.name = "kvm_intel.vpid=N", .usual = "Y"},
         .effects = {effect("ept=1", {pair("hlt", {})}),
                     effect("ept=0", {cheaper("invlpg"), pair("hlt", {}), cheaper("mov_cr3")})}},
        {.change = {.name = "kvm.b=1"},
         .effects = {{.setting = "ept=1", .refusal = "why"}, {.setting = "ept=0", .refusal = "why"}}}};
    EXPECT_EQ(sweep_text(changes),
              "kvm_intel.vpid=N instead of Y\n"
              "  ept=0  -100 INVLPG  invlpg, mov_cr3\n"
              "\n"
              "No workload's exits change with\n"
              "  kvm.a=N\n"
              "\n"
              "Not measured: why\n"
              "  kvm.b=1 (ept=1, ept=0)\n");
    EXPECT_EQ(sweep_text({}), "");
}

}  // namespace
}  // namespace exitscope::command::sweep
