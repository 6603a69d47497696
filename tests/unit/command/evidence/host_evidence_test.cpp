// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "evidence/host_evidence.h"

#include <gtest/gtest.h>

#include "golden.h"
#include "text/file.h"

namespace exitscope::command::evidence {
namespace {

std::string problem_of(std::string text) {
    try {
        static_cast<void>(read_host_evidence(text, "l1.json"));
        return "none";
    } catch (const text::InputError& problem) {
        return problem.what();
    }
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    return text.replace(text.find(from), from.size(), to);
}

TEST(HostEvidenceTest, ParameterTellsThePaging) {
    const auto host = read_host_evidence(golden_host("ept=0"), "l1.json");
    EXPECT_EQ(host.isa(), model::InstructionSet::vmx);
    EXPECT_EQ(host.paging(), model::Paging::shadow);
    EXPECT_EQ(host.value(), "N");
    EXPECT_EQ(host.parameters.at("kvm").at("exit_counters"), "1");
    EXPECT_EQ(read_host_evidence(golden_host("npt=1"), "").paging(), model::Paging::two_dimensional);
    const auto number = replaced(golden_host("ept=1"), "\"ept\": \"Y\"", "\"ept\": \"1\"");
    EXPECT_EQ(read_host_evidence(number, "").paging(), model::Paging::two_dimensional);
}

TEST(HostEvidenceTest, WhatIsMissingOrWrongIsNamed) {
    const auto good = golden_host("ept=1");
    EXPECT_EQ(problem_of(replaced(good, "kernel", "colonel")), "l1.json: the member \"kernel\" is missing");
    EXPECT_EQ(problem_of(replaced(good, "\"kvm_intel\",", "\"kvm\",")),
              "l1.json.module: kvm_intel or kvm_amd expected, found \"kvm\"");
    EXPECT_EQ(problem_of(replaced(good, "\"Y\"", "\"maybe\"")),
              "l1.json.parameters.kvm_intel.ept: Y, N, 1 or 0 expected, found \"maybe\"");
    EXPECT_EQ(problem_of(replaced(good, "\"Y\"", "1")),
              "l1.json.parameters.kvm_intel.ept: string expected, found 1");
    EXPECT_EQ(problem_of(replaced(good, "\"ept\": \"Y\"", "")),
              "l1.json.parameters.kvm_intel: the member \"ept\" is missing");
    EXPECT_EQ(problem_of("[]"), "l1.json: a JSON object was expected, found array");
}

TEST(HostEvidenceTest, CutAtEveryByteIsRefused) {
    auto text = golden_host("npt=0");
    for (text.pop_back(), text.pop_back(); !text.empty(); text.pop_back())
        ASSERT_NE(problem_of(text).find("l1.json: no complete JSON, perhaps cut"), std::string::npos);
}

}  // namespace
}  // namespace exitscope::command::evidence
