// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "runner/workload_set.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace exitscope::runner {
namespace {

constexpr workloads::Workload named(std::string_view name, workloads::Group group) {
    return {.name = name, .summary = "a workload", .why = "a reason", .source = "a manual", .group = group};
}

constexpr workloads::Workload hlt = named("hlt", workloads::Group::interrupt);
constexpr workloads::Workload empty = named("empty", workloads::Group::canary);
constexpr workloads::Workload invlpg = named("invlpg", workloads::Group::paging);
constexpr workloads::Workload cr3_write = named("cr3_write", workloads::Group::paging);

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
    for (auto group = workloads::Group::canary; group <= workloads::Group::nested;
         group = static_cast<workloads::Group>(static_cast<int>(group) + 1))
        group_names.insert(name_of(group));
    EXPECT_EQ(group_names.size(), static_cast<std::size_t>(workloads::Group::nested) + 1);
    EXPECT_FALSE(group_names.contains(""));
}

TEST(WorkloadSet, UnknownNameIsReturned) {
    WorkloadSet selected;
    EXPECT_EQ(select_workloads(registered_workloads(), "hlt,halt", selected), "halt");
    EXPECT_EQ(select_workloads(registered_workloads(), "hl", selected), "hl");
}

}  // namespace
}  // namespace exitscope::runner
