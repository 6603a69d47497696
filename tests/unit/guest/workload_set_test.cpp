// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "runner/workload_set.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace exitscope::test {
namespace {

constexpr Workload named(std::string_view name, Group group) {
    return {.name = name, .summary = "a workload", .why = "a reason", .source = "a manual", .group = group};
}

constexpr Workload hlt = named("hlt", Group::interrupt);
constexpr Workload empty = named("empty", Group::canary);
constexpr Workload invlpg = named("invlpg", Group::paging);
constexpr Workload cr3_write = named("cr3_write", Group::paging);

REGISTER_WORKLOAD(hlt);
REGISTER_WORKLOAD(invlpg);
REGISTER_WORKLOAD(empty);
REGISTER_WORKLOAD(cr3_write);

std::string names(const WorkloadSet& set) {
    std::string result;
    for (const auto* workload : set.all())
        result.append(workload->name).append(" ");
    return result;
}

TEST(WorkloadSet, RegisteredOnesAreSortedByGroupThenName) {
    EXPECT_EQ(names(registered_workloads()), "empty hlt cr3_write invlpg ");
}

TEST(WorkloadSet, NoNamesSelectAll) {
    WorkloadSet selected;
    EXPECT_EQ(select_workloads(registered_workloads(), "", selected), "");
    EXPECT_EQ(names(selected), "empty hlt cr3_write invlpg ");
}

TEST(WorkloadSet, NamesSelectEachOnceInTheReportsOrder) {
    WorkloadSet selected;
    EXPECT_EQ(select_workloads(registered_workloads(), "invlpg,hlt,invlpg", selected), "");
    EXPECT_EQ(names(selected), "hlt invlpg ");
}

TEST(WorkloadSet, EveryGroupHasAnOwnName) {
    std::set<std::string_view> group_names;
    for (auto group = Group::canary; group <= Group::multiprocessor;
         group = static_cast<Group>(static_cast<int>(group) + 1))
        group_names.insert(name_of(group));
    EXPECT_EQ(group_names.size(), static_cast<std::size_t>(Group::multiprocessor) + 1);
    EXPECT_FALSE(group_names.contains(""));
}

TEST(WorkloadSet, UnknownNameIsAnswered) {
    WorkloadSet selected;
    EXPECT_EQ(select_workloads(registered_workloads(), "hlt,halt", selected), "halt");
    EXPECT_EQ(select_workloads(registered_workloads(), "hl", selected), "hl");
}

}  // namespace
}  // namespace exitscope::test
