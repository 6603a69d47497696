// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "evidence/statistic.h"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include "text/file.h"

namespace exitscope::command::evidence {
namespace {

constexpr std::size_t buckets = 0x121;

using Buckets = std::map<std::size_t, std::uint64_t>;

/// What query-stats says of a vCPU, other statistics around it.
std::string vcpu(const Buckets& exits, std::size_t size = buckets) {
    std::string values;
    for (std::size_t bucket = 0; bucket < size; ++bucket)
        values += fmt::format("{}{}", bucket == 0 ? "" : ",", exits.contains(bucket) ? exits.at(bucket) : 0);
    return R"({"provider":"kvm","qom-path":"/machine/unattached/device[0]","stats":[{"name":"exits","value":7},)"
           R"({"name":"hw_exits","value":[)" +
           values + R"(]},{"name":"halt_wait_hist","value":[0,1]}]})";
}

std::string reply(const std::string& vcpus) {
    return R"({"return":[)" + vcpus + "]}";
}

Witness svm(const std::string& vcpus) {
    return read_statistic(reply(vcpus), "s.json", model::InstructionSet::svm);
}

std::string problem_of(const std::string& text, model::InstructionSet isa = model::InstructionSet::vmx) {
    try {
        static_cast<void>(read_statistic(text, "s.json", isa));
        return "none";
    } catch (const text::InputError& problem) {
        return problem.what();
    }
}

TEST(StatisticTest, BucketsAreReasonsAndVcpusAreAdded) {
    const auto statistic = read_statistic(reply(vcpu({{1, 5}, {10, 100}}) + "," + vcpu({{10, 11}, {48, 3}})),
                                          "s.json", model::InstructionSet::vmx);
    EXPECT_EQ(statistic.isa, model::InstructionSet::vmx);
    EXPECT_EQ(statistic.name, "the statistic hw_exits");
    EXPECT_EQ(statistic.counts, (Counts{{1, 5}, {10, 111}, {48, 3}}));
}

TEST(StatisticTest, LargeAndNegativeCodesOfSvmHaveBucketsOfTheirOwn) {
    EXPECT_EQ(svm(vcpu({{0, 1}, {0x72, 2}, {0x100, 3}, {0x103, 4}, {0x110, 5}, {0x113, 6}})).counts,
              (Counts{{0, 1}, {0x72, 2}, {0x400, 3}, {0x403, 4}, {0xffff, 5}, {0xfffc, 6}}));
    EXPECT_EQ(svm(vcpu({})).counts, Counts{});
}

TEST(StatisticTest, TheLastBucketMayComeFirstAsFromQemu) {
    EXPECT_EQ(svm(vcpu({{0x120 - 0x72, 2}, {0x120 - 0x100, 3}, {0x120 - 0x110, 5}})).counts,
              (Counts{{0x72, 2}, {0x400, 3}, {0xffff, 5}}));
    EXPECT_EQ(problem_of(reply(vcpu({{0x120 - 10, 1}, {0, 4}}))),
              "s.json.return[0].stats[1].value[0]: 4 exits of reasons without a bucket of their own");
    // Each vCPU is looked at for itself; one that never ran has no order.
    EXPECT_EQ(svm(vcpu({{0x72, 2}}) + "," + vcpu({{0x120 - 0x72, 2}}) + "," + vcpu({})).counts,
              (Counts{{0x72, 4}}));
}

TEST(StatisticTest, ExitsOfNoReasonAreRefused) {
    EXPECT_EQ(problem_of(reply(vcpu({{35, 2}}))),
              "s.json.return[0].stats[1].value[35]: 2 exits in bucket 0x23, for which the manual defines no "
              "exit reason "
              "of vmx");
    EXPECT_EQ(
        problem_of(reply(vcpu({{0x100, 1}}))),
        "s.json.return[0].stats[1].value[256]: 1 exits in bucket 0x100, for which the manual defines no exit "
        "reason of vmx");
    EXPECT_EQ(
        problem_of(reply(vcpu({{0x11f, 1}})), model::InstructionSet::svm),
        "s.json.return[0].stats[1].value[287]: 1 exits in bucket 0x11f, for which the manual defines no exit "
        "reason of svm");
    EXPECT_EQ(problem_of(reply(vcpu({{0x120, 9}})), model::InstructionSet::svm),
              "s.json.return[0].stats[1].value[288]: 9 exits of reasons without a bucket of their own");
}

TEST(StatisticTest, WhatIsNoSuchStatisticIsRefused) {
    EXPECT_EQ(problem_of(R"({"return":[{"stats":[{"name":"exits","value":7}]}]})"),
              "s.json.return[0]: no statistic hw_exits; a KVM has it with the series kvm-patch/upstream");
    EXPECT_EQ(problem_of(reply("")), "s.json.return: no vCPU in it");
    EXPECT_EQ(
        problem_of(reply(vcpu({}, buckets - 1))),
        "s.json.return[0].stats[1].value: 289 buckets expected, found 288; another version of the statistic");
    EXPECT_EQ(problem_of(reply(vcpu({{10, UINT64_MAX}}) + "," + vcpu({{10, 1}}))),
              "s.json.return[1].stats[1].value[10]: more exits than 64 bits hold");
    EXPECT_EQ(problem_of("{}"), "s.json: the member \"return\" is missing");
}

}  // namespace
}  // namespace exitscope::command::evidence
