// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
//
// What `exitscope doctor` makes of a machine's state.

#include <gtest/gtest.h>

#include <algorithm>
#include <cerrno>
#include <map>
#include <nlohmann/json.hpp>

#include "doctor/examine.h"
#include "doctor/good_host.h"

namespace exitscope::command::doctor {
namespace {

TEST(Doctor, AGoodHostHasNoProblem) {
    const auto examination = examine_host(good_host());
    EXPECT_TRUE(examination.would_work());
    EXPECT_EQ(of(good_host(), "CPU").text, "Intel VMX, EPT");
    EXPECT_EQ(of(good_host(), "/dev/kvm").text,
              "opens, a VM and a vCPU can be made, a guest runs, root:kvm 0660");
    EXPECT_EQ(of(good_host(), "modules").text, "kvm A1, kvm_intel B2, kvm_intel.ept=Y");
    EXPECT_EQ(of(good_host(), "exit counters").state, State::note);
}

TEST(Doctor, TheDeviceIsReallyTried) {
    auto facts = good_host();
    facts.probe.open_error = EACCES;
    EXPECT_EQ(of(facts, "/dev/kvm").text, "Permission denied, root:kvm 0660");
    EXPECT_EQ(of(facts, "/dev/kvm").remedy.substr(0, 20), "sudo usermod -aG kvm");
    EXPECT_FALSE(examine_host(facts).would_work());
    facts.probe = {.api_version = 12, .vm_error = EBUSY};
    EXPECT_EQ(of(facts, "/dev/kvm").text, "opens, but no VM can be made: Device or resource busy");
    facts.probe = {.api_version = 12, .vcpu_error = ENOMEM};
    EXPECT_EQ(of(facts, "/dev/kvm").text, "opens, but no VM with a vCPU can be made: Cannot allocate memory");
    EXPECT_FALSE(examine_host(facts).would_work());
    facts.probe = {.api_version = 11};
    EXPECT_EQ(of(facts, "/dev/kvm").text, "no KVM of API version 12 answers, but 11");
    facts.probe = {.api_version = 12};
    EXPECT_EQ(of(facts, "/dev/kvm").text, "a VM and a vCPU can be made, but a guest does not run");
    EXPECT_EQ(of(facts, "exit counters").text, "not known: no guest runs");
    EXPECT_FALSE(examine_host(facts).would_work());
}

TEST(Doctor, WithoutADeviceRootCanLoadIt) {
    auto facts = good_host();
    facts.probe = {.open_error = ENOENT};
    facts.device_owner = "";
    EXPECT_EQ(of(facts, "/dev/kvm").state, State::note);
    EXPECT_TRUE(examine_host(facts).would_work());
    facts.state.isa = model::InstructionSet::unknown;
    EXPECT_EQ(of(facts, "/dev/kvm").state, State::problem);
    EXPECT_EQ(of(facts, "CPU").text, "shows neither vmx nor svm");
}

TEST(Doctor, WhatKeepsModulesFromBeingLoadedIsAProblem) {
    struct Case {
        const char* item;
        void (*spoil)(HostFacts&);
    };
    for (const auto& [item, spoil] : {
             Case{"root", [](HostFacts& facts) { facts.is_root = false; }},
             Case{"kernel headers", [](HostFacts& facts) { facts.headers = false; }},
             Case{"KVM as modules", [](HostFacts& facts) { facts.built_in = true; }},
             Case{"module signatures", [](HostFacts& facts) { facts.signed_only = true; }},
             Case{"KVM users", [](HostFacts& facts) { facts.kvm_users = {{.name = "process 77 (qemu)"}}; }},
             Case{"load-kvm", [](HostFacts& facts) { facts.state.remembers = true; }},
         }) {
        auto facts = good_host();
        spoil(facts);
        EXPECT_EQ(of(facts, item).state, State::problem) << item;
        EXPECT_NE(of(facts, item).remedy, "") << item;
        EXPECT_FALSE(examine_host(facts).would_work()) << item;
        // Where the counters are in force already nothing has to be loaded.
        facts.state.in_force = *evidence::find_setting("ept=1");
        facts.state.exit_counters = 1;
        facts.probe.counters = "exitscope";
        EXPECT_TRUE(examine_host(facts).would_work()) << item;
    }
}

TEST(Doctor, WhatKeepsExitsFromBeingCountedFromOutsideIsANote) {
    using host_kvm::Tracing;
    EXPECT_EQ(of(good_host(), "trace counter").state, State::ok);
    auto facts = good_host();
    for (const auto& [tracing, text] :
         {std::pair{Tracing::no_bpf, "no BPF"}, std::pair{Tracing::locked_down, "locked down"},
          std::pair{Tracing::for_root, "for root only"}, std::pair{Tracing::no_tracefs, "is not mounted"},
          std::pair{Tracing::no_kvm, "no KVM is loaded"}}) {
        facts.tracing = tracing;
        EXPECT_EQ(of(facts, "trace counter").state, State::note) << text;
        EXPECT_NE(of(facts, "trace counter").text.find(text), std::string::npos) << text;
        EXPECT_NE(of(facts, "trace counter").remedy, "") << text;
        EXPECT_TRUE(examine_host(facts).would_work()) << text;
    }
}

TEST(Doctor, SaysWhatItMayNotSee) {
    auto facts = good_host();
    EXPECT_EQ(of(facts, "KVM users").text, "none");
    facts.is_root = false;
    EXPECT_EQ(of(facts, "KVM users").text, "none that this user may see");
}

TEST(Doctor, NamesEachUserOfKvmAndWhatEndsTheUse) {
    auto facts = good_host();
    facts.kvm_users = {{.name = "process 77 (qemu)"},
                       {.name = "a tracing session", .remedy = "echo 0 > enable"},
                       {.name = "module kvmgt"}};
    EXPECT_EQ(of(facts, "KVM users").text, "in use by process 77 (qemu), a tracing session, module kvmgt");
    EXPECT_EQ(of(facts, "KVM users").remedy, "end them first; echo 0 > enable");
}

TEST(Doctor, TellsWhoseCountersAnswer) {
    auto facts = good_host();
    facts.probe.counters = "layout-b";
    EXPECT_EQ(of(facts, "exit counters").text, "those of a course patch, layout-b");
    facts.probe.remark = "no leaf has the cycles by reason";
    EXPECT_EQ(of(facts, "exit counters").text,
              "those of a course patch, layout-b: no leaf has the cycles by reason");
    facts.probe.counters = "";
    facts.probe.remark = "a total, but no counts by reason (CPUID leaf 0x4fffffff)";
    EXPECT_EQ(
        of(facts, "exit counters").text,
        "those of a course patch cannot be used: a total, but no counts by reason (CPUID leaf 0x4fffffff)");
    EXPECT_EQ(of(facts, "exit counters").state, State::warning);
    facts.probe.remark = "";
    facts.probe.counters = "exitscope";
    facts.state.in_force = *evidence::find_setting("ept=0");
    EXPECT_EQ(of(facts, "exit counters").text, "in force with ept=0, a guest can read them");
    facts.probe.counters = "";
    EXPECT_EQ(of(facts, "exit counters").text, "in the module, but off (exit_counters=0)");
    facts.state.exit_counters = 1;
    EXPECT_EQ(of(facts, "exit counters").state, State::warning);
}

TEST(Doctor, WhatDisturbsCountsIsAWarning) {
    auto facts = good_host();
    facts.huge_pages = "[always] madvise never";
    facts.ksm = "1";
    facts.nmi_watchdog = "1";
    EXPECT_EQ(of(facts, "huge pages").state, State::note);
    EXPECT_EQ(of(facts, "KSM").state, State::warning);
    EXPECT_EQ(of(facts, "NMI watchdog").state, State::warning);
    facts.huge_pages = "always [madvise] never";
    EXPECT_EQ(of(facts, "huge pages").state, State::ok);
    facts.qemu = "";
    EXPECT_FALSE(examine_host(facts).would_work());
}

TEST(Doctor, NxHugePagesMatterWhereThereAreHugePages) {
    auto facts = good_host();
    facts.parameters["kvm.nx_huge_pages"] = "Y";
    EXPECT_EQ(of(facts, "nx_huge_pages").item, "none");
    facts.huge_pages = "always [madvise] never";
    EXPECT_EQ(of(facts, "nx_huge_pages").state, State::note);
    facts.huge_pages = "always madvise [never]";
    EXPECT_EQ(of(facts, "nx_huge_pages").item, "none");
    facts.huge_pages = "[always] madvise never";
    facts.parameters["kvm.nx_huge_pages"] = "N";
    EXPECT_EQ(of(facts, "nx_huge_pages").item, "none");
}

TEST(Doctor, TheLabNeedsProgramsSourceAndRoom) {
    const LabFacts good{
        .kernel = "6.1", .kernel_source = true, .cache = "/c", .free_bytes = std::uint64_t{4} << 30};
    EXPECT_TRUE(examine_lab(good).would_work());
    auto facts = good;
    facts.missing_programs = {"bochs-bin", "bc"};
    EXPECT_EQ(examine_lab(facts).findings.front().text, "missing: bochs-bin, bc");
    EXPECT_FALSE(examine_lab(facts).would_work());
    facts = good;
    --facts.free_bytes;
    EXPECT_FALSE(examine_lab(facts).would_work());
    facts.cached_kernels = 1;
    EXPECT_TRUE(examine_lab(facts).would_work());
    facts.kernel_source = false;
    EXPECT_TRUE(examine_lab(facts).would_work());
    EXPECT_EQ(examine_lab(facts).findings.at(1).state, State::warning);
    EXPECT_EQ(examine_lab(facts).findings.at(1).text, "that of Linux 6.1 is not here yet");
    facts = good;
    facts.checkout_problem = "no lab/kernels";
    EXPECT_EQ(examine_lab(facts).findings.front().text, "no lab/kernels");
    EXPECT_FALSE(examine_lab(facts).would_work());
}

/// What a guest finds on a KVM that counts its CPUIDs in a leaf, and in another one by reason.
host_kvm::KvmProbe counters_of(std::uint32_t total_leaf, std::uint32_t reason_leaf,
                               model::CpuidResult undefined = {0, 0, 0, 0xffff'ffff}) {
    host_kvm::KvmProbe probe;
    look_for_counters(
        [=, total = 0U](std::uint32_t leaf,
                        std::uint32_t number) mutable -> std::optional<model::CpuidResult> {
            ++total;
            if (leaf == total_leaf || (leaf == reason_leaf && number == 10))
                return model::CpuidResult{.eax = total};
            return leaf == reason_leaf ? undefined : model::CpuidResult{};
        },
        probe);
    return probe;
}

TEST(CountersSeenByAGuest, AreTheAbisOrACoursePatchs) {
    EXPECT_EQ(counters_of(0x4fff'ffff, 0x4fff'fffe).counters, "layout-a");
    EXPECT_EQ(counters_of(0x4fff'ffff, 0x4fff'fffe).remark, "");
    EXPECT_EQ(counters_of(0x4fff'ffff, 0x4fff'fffd).counters, "layout-b");
    EXPECT_EQ(counters_of(0x4fff'fffc, 0x4fff'fffe, {}).counters, "layout-c");
    EXPECT_EQ(
        counters_of(0x4fff'fffc, 0x4fff'fffe, {}).remark,
        "undefined reasons are answered with zeros, not with EDX = 0xffffffff; no leaf has the cycles by "
        "reason");
    EXPECT_EQ(counters_of(0x4fff'ffff, 1).counters, "");
    EXPECT_EQ(counters_of(0x4fff'ffff, 1).remark, "a total, but no counts by reason (CPUID leaf 0x4fffffff)");
    EXPECT_EQ(counters_of(1, 1).remark, "");
    host_kvm::KvmProbe probe;
    look_for_counters([](std::uint32_t, std::uint32_t) { return std::nullopt; }, probe);
    EXPECT_EQ(probe.counters + probe.remark, "");
    look_for_counters(
        [](std::uint32_t, std::uint32_t) {
            return model::CpuidResult{0x4fff'ffff, 0x74697845, 0x706f6353, 0x4d564b65};
        },
        probe);
    EXPECT_EQ(probe.counters, "exitscope");
}

TEST(KvmProbe, NamesWhatHappensToADeviceThatIsNone) {
    EXPECT_EQ(host_kvm::probe_kvm("/nonexistent/kvm").open_error, ENOENT);
    EXPECT_EQ(host_kvm::probe_kvm("/dev/null").api_version, -1);
    EXPECT_FALSE(host_kvm::probe_kvm("/dev/null").works());
}

TEST(Doctor, IsTextAndJson) {
    const Examination examination{
        .place = "host",
        .findings = {{"CPU", State::problem, "none \xff", "buy one"}, {"QEMU", State::ok, "7.2"}}};
    EXPECT_EQ(text_of(examination),
              "host: a run would not work\n"
              "  problem  CPU                  none \xff\n"
              "                                -> buy one\n"
              "  ok       QEMU                 7.2\n");
    const auto document = nlohmann::json::parse(json_of({examination}));
    EXPECT_EQ(document["host"]["would_work"], false);
    EXPECT_EQ(document["host"]["findings"][1]["state"], "ok");
}

}  // namespace
}  // namespace exitscope::command::doctor
