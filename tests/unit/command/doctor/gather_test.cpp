// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <gtest/gtest.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "doctor/examine.h"
#include "text/file.h"

namespace exitscope::command::doctor {
namespace {

TEST(GatherHostFacts, ReadsFoldersThatStandForTheHosts) {
    const auto root =
        std::filesystem::path{testing::TempDir()} / ("exitscope-doctor-" + std::to_string(getpid()));
    const auto has = [&](const std::string& file, std::string_view text) {
        text::write_file(root / file, text);
    };
    has("proc/cpuinfo", "flags\t: fpu svm\nvmx flags\t: npt\n");
    has("proc/77/comm", "qemu-test\n");
    std::filesystem::create_directories(root / "proc/77/fd");
    std::filesystem::create_symlink("anon_inode:kvm-vm", root / "proc/77/fd/9");
    has("sys/module/kvm/initstate", "live\n");
    has("sys/module/kvm/srcversion", "ABC\n");
    has("sys/module/kvm_amd/initstate", "live\n");
    has("sys/module/kvm_amd/notes/.note.gnu.build-id", std::string(16, ' ') + "\x01\xfe");
    has("sys/module/kvm_amd/parameters/npt", "Y\n");
    has("sys/module/kvm_pvm/initstate", "live\n");
    has("sys/module/kvm_pvm/srcversion", "DEF\n");
    has("sys/module/kvmgt/initstate", "live\n");
    has("sys/kernel/security/lockdown", "none [integrity] confidentiality\n");
    const auto facts = gather_host_facts(
        {.sys = root / "sys", .proc = root / "proc", .state = root / "state", .dev = root / "dev"});
    std::filesystem::remove_all(root);
    EXPECT_EQ(facts.state.isa, model::InstructionSet::svm);
    EXPECT_TRUE(facts.two_dimensional);
    EXPECT_EQ(facts.kvm_users, std::vector<host_kvm::KvmUser>{{.name = "process 77 (qemu-test)"}});
    EXPECT_EQ(facts.modules,
              (std::map<std::string, std::string>{{"kvm", "ABC"}, {"kvm_amd", "01fe"}, {"kvm_pvm", "DEF"}}));
    EXPECT_EQ(facts.other_vendors, std::vector<std::string>{"kvm_pvm"});
    EXPECT_EQ(facts.parameters, (std::map<std::string, std::string>{{"kvm_amd.npt", "Y"}}));
    EXPECT_TRUE(facts.signed_only);
    EXPECT_FALSE(facts.built_in);
    EXPECT_EQ(facts.probe.open_error, ENOENT);
}

TEST(GatherHostFacts, WhatIsBuiltInIsThereAndSaysSo) {
    const auto root =
        std::filesystem::path{testing::TempDir()} / ("exitscope-built-in-" + std::to_string(getpid()));
    const auto has = [&](const std::string& file, std::string_view text) {
        text::write_file(root / file, text);
    };
    has("proc/cpuinfo", "flags\t: fpu\n");
    has("sys/module/kvm/parameters/nx_huge_pages", "N\n");
    has("sys/module/kvm_pvm/parameters/x", "1\n");
    const auto facts = gather_host_facts(
        {.sys = root / "sys", .proc = root / "proc", .state = root / "state", .dev = root / "dev"});
    std::filesystem::remove_all(root);
    EXPECT_EQ(facts.modules,
              (std::map<std::string, std::string>{{"kvm", "built in"}, {"kvm_pvm", "built in"}}));
    EXPECT_EQ(facts.other_vendors, std::vector<std::string>{"kvm_pvm"});
    EXPECT_EQ(facts.parameters, (std::map<std::string, std::string>{{"kvm.nx_huge_pages", "N"}}));
    EXPECT_TRUE(facts.built_in);
}

}  // namespace
}  // namespace exitscope::command::doctor
