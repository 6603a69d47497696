// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
//
// What is changed for a sweep.

#include "sweep/change.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace exitscope::command::sweep {
namespace {

const evidence::HostEvidence host{
    .kernel = "6.12.1",
    .module = "kvm_intel",
    .parameters = {
        {"kvm", {{"exit_counters", "1"}, {"exit_counters_cycles", "Y"}, {"ignore_msrs", "N"}}},
        {"kvm_intel", {{"ept", "Y"}, {"ple_gap", "128"}, {"vpid", "Y"}, {"vmentry_l1d_flush", "auto"}}}}};

const Change& find(const std::vector<Change>& changes, const std::string& name) {
    return *std::ranges::find(changes, name, &Change::name);
}

TEST(Change, OfAValueIsAnotherOne) {
    EXPECT_EQ(other_value("Y"), "N");
    EXPECT_EQ(other_value("N"), "Y");
    EXPECT_EQ(other_value("128"), "0");
    EXPECT_EQ(other_value("-1"), "0");
    EXPECT_EQ(other_value("4294967295"), "0");
    EXPECT_EQ(other_value("0"), "1");
    for (const auto* const text : {"", "auto", "(null)", "-", "0x10", "Yes", "1 2"})
        EXPECT_EQ(other_value(text), "") << text;
}

TEST(Change, IsMadeOfEachParameterThatMayBeChanged) {
    const auto changes = parameter_changes(host);
    // Neither the counters' own, nor the setting's, nor what is no number.
    ASSERT_EQ(changes.size(), 3U);
    EXPECT_EQ(changes[0], (Change{.name = "kvm.ignore_msrs=Y",
                                  .usual = "N",
                                  .module = "kvm",
                                  .parameter = "ignore_msrs",
                                  .host = {.kvm_parameters = "ignore_msrs=Y"}}));
    EXPECT_EQ(changes[1].host, (lab::HostChange{.vendor_parameters = "ple_gap=0"}));
    EXPECT_EQ(changes[2].name, "kvm_intel.vpid=N");
    EXPECT_EQ(parameter_changes({}), std::vector<Change>{});
}

TEST(Change, DidNotTakePlaceWhereKvmKeepsItsValue) {
    const auto vpid = find(parameter_changes(host), "kvm_intel.vpid=N");
    auto changed = host;
    EXPECT_FALSE(took_place(vpid, changed));
    changed.parameters["kvm_intel"]["vpid"] = "N";
    EXPECT_TRUE(took_place(vpid, changed));
    EXPECT_TRUE(took_place(find(machine_changes(), "cpu-pm=on"), host));
}

TEST(Change, OfTheMachineIsOneThingEach) {
    const auto changes = machine_changes();
    EXPECT_EQ(find(changes, "kernel-irqchip=split").host,
              (lab::HostChange{.machine = "pc,kernel-irqchip=split"}));
    EXPECT_EQ(find(changes, "cpu=-x2apic").host, (lab::HostChange{.cpu = "max,x2apic=off"}));
    for (const auto& change : changes)
        EXPECT_EQ(change.name.find_first_of("/ ,"), std::string::npos) << change.name;
}

}  // namespace
}  // namespace exitscope::command::sweep
