// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
//
// Where `exitscope run` measures, and what it refuses.

#include "measure/plan.h"

#include <gtest/gtest.h>

#include "text/file.h"

namespace exitscope::command::measure {
namespace {

std::vector<std::string_view> names(const Plan& plan) {
    std::vector<std::string_view> found;
    for (const auto& setting : plan.settings)
        found.push_back(setting.name);
    return found;
}

using Names = std::vector<std::string_view>;

const host_kvm::HostState plain_host{};
const host_kvm::HostState intel{.isa = model::InstructionSet::vmx, .kvm_opens = true};
const host_kvm::HostState counting_intel{.isa = model::InstructionSet::vmx,
                                         .in_force = *evidence::find_setting("ept=0"),
                                         .exit_counters = 1,
                                         .kvm_opens = true,
                                         .remembers = true};

std::string refusal(const RunRequest& request, const host_kvm::HostState& host) {
    try {
        (void)make_plan(request, host);
    } catch (const text::InputError& error) {
        return error.what();
    }
    return "none";
}

TEST(Plan, IsAllOfTheLabWhereNothingCounts) {
    const auto plan = make_plan({}, plain_host);
    EXPECT_EQ(plan.place, Place::lab);
    EXPECT_EQ(names(plan), (Names{"ept=1", "ept=0", "npt=1", "npt=0"}));
    EXPECT_EQ(make_plan({}, intel).place, Place::lab);
}

TEST(Plan, IsTheSettingInForceWhereThisHostCounts) {
    const auto plan = make_plan({}, counting_intel);
    EXPECT_EQ(plan.place, Place::host);
    EXPECT_EQ(names(plan), Names{"ept=0"});
    EXPECT_FALSE(plan.load);
}

TEST(Plan, NeverLoadsModulesUnasked) {
    EXPECT_EQ(make_plan({.settings = {*evidence::find_setting("ept=1")}}, counting_intel).place, Place::lab);
    EXPECT_EQ(make_plan({.place = Place::lab}, counting_intel).place, Place::lab);
    EXPECT_EQ(make_plan({.huge_pages = "always"}, counting_intel).place, Place::lab);
    EXPECT_EQ(make_plan({.l1 = "6.12"}, counting_intel).place, Place::lab);
}

TEST(Plan, SaysWhyAHostThatCouldCountIsNotUsed) {
    auto host = counting_intel;
    host.exit_counters = 0;
    EXPECT_EQ(make_plan({}, host).note,
              "This KVM has exit counters, but they are off (exit_counters=0): using the lab.");
    host.exit_counters = 1;
    EXPECT_EQ(
        make_plan({.exit_counters = 2}, host).note,
        "This KVM has exit counters, but for the guest's kernel only (exit_counters=1): using the lab.");
    host.kvm_opens = false;
    EXPECT_EQ(make_plan({}, host).note,
              "This KVM has exit counters, but /dev/kvm may not be opened (group kvm?): using the lab.");
}

TEST(Plan, OnTheHostIsBothPagingsOfItsCpu) {
    const auto plan = make_plan({.place = Place::host}, intel);
    EXPECT_EQ(plan.place, Place::host);
    EXPECT_EQ(names(plan), (Names{"ept=1", "ept=0"}));
    EXPECT_TRUE(plan.load);
    EXPECT_EQ(names(make_plan({.place = Place::host}, {.isa = model::InstructionSet::svm})),
              (Names{"npt=1", "npt=0"}));
}

TEST(Plan, LoadsNothingWhereTheOneSettingIsInForce) {
    EXPECT_FALSE(
        make_plan({.settings = {*evidence::find_setting("ept=0")}, .place = Place::host}, counting_intel)
            .load);
}

/// A distribution's kernel of a version that kvm-patch/ has no series for.
const host_kvm::HostState foreign_intel{.isa = model::InstructionSet::vmx,
                                        .loaded = *evidence::find_setting("ept=1"),
                                        .kvm_opens = true,
                                        .is_root = true,
                                        .release = "6.5.0-41-generic",
                                        .has_series = false};

TEST(Plan, CountsFromOutsideWhereThereIsNoSeries) {
    const auto plan = make_plan({}, foreign_intel);
    EXPECT_EQ(plan.place, Place::host);
    EXPECT_TRUE(plan.outside);
    EXPECT_FALSE(plan.load);
    EXPECT_EQ(names(plan), Names{"ept=1"});
    EXPECT_EQ(plan.note,
              "kvm-patch/ has no series for Linux 6.5.0-41-generic: its own KVM is measured, from outside.\n"
              "Only ept=1, which is in force; for both kinds of paging say --on host.");
    const auto both = make_plan({.place = Place::host}, foreign_intel);
    EXPECT_EQ(names(both), (Names{"ept=1", "ept=0"}));
    EXPECT_TRUE(both.outside && both.load);
    EXPECT_EQ(both.in_force->name, "ept=1");
}

TEST(Plan, OfAnOrdinaryUserIsTheLabAndSaysWhatRootWouldGet) {
    auto host = foreign_intel;
    host.is_root = false;
    const auto plan = make_plan({}, host);
    EXPECT_EQ(plan.place, Place::lab);
    EXPECT_FALSE(plan.outside);
    EXPECT_EQ(plan.note,
              "As root (sudo), this host's own KVM would be measured, from outside, under ept=1: "
              "using the lab.");
    EXPECT_EQ(
        refusal({.place = Place::host, .counters = Counters::trace}, host),
        "this host's exits are counted from outside by root only: sudo scripts/run --on host --counters "
        "trace");
}

TEST(Plan, CountsFromOutsideWhereThatIsAskedFor) {
    auto host = foreign_intel;
    host.has_series = true;
    EXPECT_EQ(make_plan({}, host).place, Place::lab);
    EXPECT_FALSE(make_plan({.place = Place::host}, host).outside);
    EXPECT_TRUE(make_plan({.place = Place::host, .counters = Counters::trace}, host).outside);
    EXPECT_EQ(make_plan({.counters = Counters::trace}, host).place, Place::host);
    EXPECT_EQ(
        make_plan({.settings = {*evidence::find_setting("ept=0")}, .counters = Counters::trace}, host).place,
        Place::lab);
    EXPECT_TRUE(make_plan({.place = Place::lab, .counters = Counters::trace}, host).outside);
    EXPECT_EQ(make_plan({.counters = Counters::trace}, plain_host).place, Place::lab);
    EXPECT_NE(refusal({.place = Place::host, .counters = Counters::trace, .modules = "/m"}, host), "none");
    EXPECT_FALSE(make_plan({.place = Place::host, .counters = Counters::kvm}, foreign_intel).outside);
}

TEST(Plan, LoadsNothingWhereTheOnePagingAskedForIsInForce) {
    const auto plan =
        make_plan({.settings = {*evidence::find_setting("ept=1")}, .place = Place::host}, foreign_intel);
    EXPECT_FALSE(plan.load);
    EXPECT_TRUE(
        make_plan({.settings = {*evidence::find_setting("ept=0")}, .place = Place::host}, foreign_intel)
            .load);
}

TEST(Plan, RefusesToTakeWhatItCouldNotPutBack) {
    EXPECT_EQ(
        refusal({.place = Place::host}, counting_intel),
        "load-kvm has put its modules in the place of this host's already; `scripts/load-kvm --restore` "
        "first, so that what is put back afterwards is the host's own");
    EXPECT_NE(refusal({.settings = {*evidence::find_setting("ept=0")}, .place = Place::host, .modules = "/m"},
                      counting_intel),
              "none");
}

TEST(Plan, RefusesAnotherCpuAndNone) {
    EXPECT_EQ(refusal({.settings = {*evidence::find_setting("npt=1")}, .place = Place::host}, intel),
              "npt=1 is for a CPU with svm, and this one has vmx; say --on lab, or measure ept=1 and ept=0");
    EXPECT_EQ(refusal({.place = Place::host}, plain_host).substr(0, 38),
              "this CPU shows neither vmx nor svm: sw");
}

TEST(Plan, RefusesOptionsOfTheOtherPlace) {
    EXPECT_EQ(refusal({.place = Place::host, .l1 = "6.12"}, intel).substr(0, 45),
              "--l1, --tree and --huge-pages are the lab's; ");
    EXPECT_EQ(refusal({.place = Place::host, .tree = "/linux"}, intel).substr(0, 13), "--l1, --tree ");
    EXPECT_EQ(refusal({.place = Place::lab, .modules = "/m"}, intel),
              "--modules and --source are for this host's kernel; say --on host");
}

TEST(Plan, KnowsWhichKernelsBochsRuns) {
    EXPECT_EQ(names(make_plan({.l1 = "6.12"}, plain_host)).size(), 4U);
    EXPECT_EQ(names(make_plan({.l1 = "6.12-debug"}, plain_host)), (Names{"npt=1", "npt=0"}));
    EXPECT_EQ(
        refusal({.settings = {*evidence::find_setting("ept=1")}, .l1 = "6.1-debug"}, plain_host),
        "ept=1 runs in Bochs, which runs the L1 kernels 7.3, debian-6.12, 6.12, debian, 6.1, debian-7.3 "
        "only, not 6.1-debug; measure npt=1 and npt=0 with it");
}

TEST(Plan, MeasuresATreeOfTheUsersInTheLabFromOutside) {
    for (const auto& host : {plain_host, counting_intel, foreign_intel}) {
        const auto plan = make_plan({.tree = "/linux"}, host);
        EXPECT_EQ(plan.place, Place::lab);
        EXPECT_TRUE(plan.outside);
        EXPECT_EQ(names(plan), (Names{"ept=1", "ept=0", "npt=1", "npt=0"}));
    }
    EXPECT_EQ(
        names(make_plan({.settings = {*evidence::find_setting("npt=0")}, .tree = "/linux"}, plain_host)),
        Names{"npt=0"});
}

TEST(RunRequest, IsTheGuestsCommandLine) {
    EXPECT_EQ(guest_command_line({.workloads = "cpuid,hlt"}), "workloads=cpuid,hlt");
    EXPECT_EQ(guest_command_line({.workloads = "cpuid", .iterations = 7}), "workloads=cpuid iterations=7");
    EXPECT_EQ(guest_command_line({.workloads = "all", .iterations = 7}), "iterations=7");
    EXPECT_EQ(guest_command_line({.workloads = "all"}), "");
}

TEST(RunRequest, NumbersTheResultsOfRepetitions) {
    EXPECT_EQ(result_name("ept=1", 1), "ept=1");
    EXPECT_EQ(result_name("ept=1", 12), "ept=1.12");
}

}  // namespace
}  // namespace exitscope::command::measure
