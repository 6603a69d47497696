// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "result/label.h"

#include <gtest/gtest.h>

#include <array>

#include "golden.h"

namespace exitscope::command::result {
namespace {

report::Report report_of(model::InstructionSet isa, model::Paging paging) {
    report::Report report;
    report.run = report::RunInfo{.counters = "layout-a", .isa = isa, .paging = paging};
    return report;
}

void add_workload(report::Report& report, evidence::Counts exits) {
    report.workloads.push_back({.name = "page_first_touch",
                                .verdict = model::Verdict::pass,
                                .exits = std::move(exits),
                                .window = report::VaryingPart{}});
}

evidence::HostEvidence host_of(std::string_view setting) {
    return evidence::read_host_evidence(golden_host(setting), "l1.json");
}

std::string problem_of(std::string_view asked, const report::Report& report,
                       const std::optional<evidence::HostEvidence>& host) {
    return label_problem(*evidence::find_setting(asked), claims_of(report, host));
}

constexpr auto vmx = model::InstructionSet::vmx;
constexpr auto svm = model::InstructionSet::svm;

TEST(LabelTest, AgreementHasNothingToSay) {
    for (const auto& setting : evidence::settings)
        EXPECT_EQ(problem_of(setting.name, report_of(setting.isa, setting.paging), host_of(setting.name)),
                  "");
}

TEST(LabelTest, WhoSaysOtherwiseIsNamed) {
    EXPECT_EQ(
        problem_of("ept=0", report_of(vmx, model::Paging::two_dimensional), host_of("ept=1")),
        "asked for ept=0, but kvm_intel has ept=Y and the counters report two-dimensional paging on VMX");
    EXPECT_EQ(
        problem_of("ept=0", report_of(vmx, model::Paging::two_dimensional), host_of("ept=0")),
        "asked for ept=0, but the counters report two-dimensional paging on VMX, while kvm_intel has ept=N");
    EXPECT_EQ(
        problem_of("npt=1", report_of(svm, model::Paging::two_dimensional), host_of("npt=0")),
        "asked for npt=1, but kvm_amd has npt=N, while the counters report two-dimensional paging on SVM");
    EXPECT_EQ(problem_of("npt=1", report_of(vmx, model::Paging::two_dimensional), std::nullopt),
              "asked for npt=1, but the counters report two-dimensional paging on VMX");
}

TEST(LabelTest, SeveralAreListed) {
    auto report = report_of(vmx, model::Paging::two_dimensional);
    add_workload(report, {{48, 100}});
    EXPECT_EQ(
        problem_of("ept=0", report, host_of("ept=1")),
        "asked for ept=0, but kvm_intel has ept=Y, the counters report two-dimensional paging on VMX and the "
        "counts show two-dimensional paging (100 EPT_VIOLATION in page_first_touch)");
}

TEST(LabelTest, CountsThatCannotBeAreNamed) {
    auto report = report_of(vmx, model::Paging::shadow);
    add_workload(report, {{48, 100}});
    EXPECT_EQ(problem_of("ept=0", report, host_of("ept=0")),
              "asked for ept=0, but the counts show two-dimensional paging (100 EPT_VIOLATION in "
              "page_first_touch), while kvm_intel has ept=N and the counters report shadow paging on VMX");
}

TEST(LabelTest, EveryImpossibleReasonCounts) {
    const auto shows = [](model::InstructionSet isa, model::ReasonNumber reason) {
        auto report = report_of(isa, model::Paging::unknown);
        add_workload(report, {{reason, 1}});
        const auto claims = claims_of_counts(report);
        return claims.empty() ? model::Paging::unknown : claims.at(0).paging;
    };
    for (const model::ReasonNumber reason : std::to_array<model::ReasonNumber>({48, 49, 62}))
        EXPECT_EQ(shows(vmx, reason), model::Paging::two_dimensional) << reason;
    for (const model::ReasonNumber reason : std::to_array<model::ReasonNumber>({14, 58}))
        EXPECT_EQ(shows(vmx, reason), model::Paging::shadow) << reason;
    EXPECT_EQ(shows(svm, 0x400), model::Paging::two_dimensional);
    for (const model::ReasonNumber reason : std::to_array<model::ReasonNumber>({0x03, 0x13, 0x4e, 0x79}))
        EXPECT_EQ(shows(svm, reason), model::Paging::shadow) << reason;
    EXPECT_EQ(shows(vmx, 10), model::Paging::unknown);
}

// SVM's 0x4e is #PF, which a hypervisor intercepts that keeps its guest's page tables; 0x400 is NPF.
TEST(LabelTest, AHypervisorsInterceptsDoNotShowShadowPaging) {
    auto report = report_of(svm, model::Paging::two_dimensional);
    add_workload(report, {{0x4e, 100}});
    EXPECT_NE(problem_of("npt=1", report, host_of("npt=1")), "");
    report.workloads.back().group = "nested";
    EXPECT_EQ(problem_of("npt=1", report, host_of("npt=1")), "");
    report.workloads.back().exits = {{0x400, 100}};
    EXPECT_NE(problem_of("npt=0", report, host_of("npt=0")), "");
}

TEST(LabelTest, FinalReadingShowsTwoDimensionalPagingOnly) {
    auto report = report_of(vmx, model::Paging::shadow);
    report.final_reading = report::FinalReading{.total = 2, .exits = {{14, 1}, {49, 1}}};
    const auto claims = claims_of_counts(report);
    ASSERT_EQ(claims.size(), 1U);
    EXPECT_EQ(claims[0].text,
              "the counts show two-dimensional paging (1 EPT_MISCONFIG in the final reading)");
}

TEST(LabelTest, CountsThatContradictThemselvesFitNoSetting) {
    auto report = report_of(vmx, model::Paging::unknown);
    add_workload(report, {{14, 1}, {48, 1}});
    EXPECT_NE(problem_of("ept=1", report, std::nullopt), "");
    EXPECT_NE(problem_of("ept=0", report, std::nullopt), "");
}

TEST(LabelTest, CourseworkCountersAreLabelledByParameterAndCounts) {
    auto report = report_of(vmx, model::Paging::unknown);
    EXPECT_EQ(problem_of("ept=1", report, host_of("ept=1")), "");
    EXPECT_EQ(
        problem_of("ept=1", report, std::nullopt),
        "asked for ept=1, but nothing says which paging was in force; give the host's evidence with --host");
    add_workload(report, {{48, 100}});
    EXPECT_EQ(problem_of("ept=1", report, std::nullopt), "");
    EXPECT_EQ(problem_of("ept=0", report, std::nullopt),
              "asked for ept=0, but the counts show two-dimensional paging (100 EPT_VIOLATION in "
              "page_first_touch), while the counters report VMX");
}

}  // namespace
}  // namespace exitscope::command::result
