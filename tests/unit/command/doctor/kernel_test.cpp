// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
//
// What keeps a KVM with counters from being built for the kernel that runs, and from being the one that is
// loaded.

#include <gtest/gtest.h>
#include <unistd.h>

#include "doctor/kernel_facts.h"
#include "good_host.h"
#include "text/file.h"

namespace exitscope::command::doctor {
namespace {

TEST(KernelFindings, HaveARemedyEach) {
    auto facts = good_host();
    facts.kernel = {.version = "6.1"};
    EXPECT_EQ(of(facts, "kernel headers").state, State::ok);
    EXPECT_EQ(of(facts, "kernel source").text, "of Linux 6.1");
    EXPECT_EQ(of(facts, "compiler").state, State::ok);
    EXPECT_EQ(of(facts, "series").item, "none");
    EXPECT_EQ(of(facts, "DKMS").item, "none");

    facts.kernel.source = false;
    EXPECT_EQ(of(facts, "kernel source").state, State::problem);
    EXPECT_EQ(of(facts, "kernel source").text, "that of Linux 6.1 is not here");
    EXPECT_EQ(of(facts, "kernel source").remedy,
              "sudo apt install linux-source-6.1; or scripts/kernel-source 6.1");
    facts.kernel.missing_tools = {"make"};
    EXPECT_EQ(of(facts, "compiler").state, State::problem);
    EXPECT_EQ(of(facts, "compiler").text, "make is not there");
    facts.kernel.missing_tools = {"gcc", "make"};
    EXPECT_EQ(of(facts, "compiler").text, "gcc, make are not there");
    EXPECT_EQ(of(facts, "compiler").remedy.find("sudo apt install build-essential"), 0U);
}

TEST(KernelFindings, AreOfNoMatterWhereNothingHasToBeBuilt) {
    auto facts = good_host();
    facts.kernel = {.version = "6.1", .source = false, .missing_tools = {"gcc"}};
    facts.headers = false;
    EXPECT_FALSE(examine_host(facts).would_work());
    facts.state.in_force = *evidence::find_setting("ept=1");
    facts.state.exit_counters = 1;
    facts.probe.counters = "exitscope";
    EXPECT_TRUE(examine_host(facts).would_work());
    // Without a series the exits are counted from outside.
    facts = good_host();
    facts.kernel = {.version = "6.5", .source = false, .missing_tools = {"gcc"}};
    facts.headers = false;
    facts.state.has_series = false;
    EXPECT_TRUE(examine_host(facts).would_work());
    EXPECT_EQ(of(facts, "series").text, "none for Linux 6.5");
    EXPECT_NE(of(facts, "series").remedy.find("counts from outside"), std::string::npos);
    EXPECT_EQ(of(facts, "kernel headers").item, "none");
    EXPECT_EQ(of(facts, "compiler").item, "none");
}

TEST(KernelFindings, SayToRebootWhereTheArchiveHasNoHeadersAnyMore) {
    auto facts = good_host();
    facts.headers = false;
    EXPECT_EQ(of(facts, "kernel headers").remedy.find("sudo apt install linux-headers-6.1.0;"), 0U);
    facts.kernel.headers_in_archive = true;
    facts.kernel.newer = "6.1.0-57-amd64";
    EXPECT_EQ(of(facts, "kernel headers").remedy.find("sudo apt install linux-headers-6.1.0;"), 0U);
    facts.kernel.headers_in_archive = false;
    EXPECT_EQ(of(facts, "kernel headers").remedy,
              "the archive no longer has them (or sudo apt update): reboot into the new kernel first, "
              "6.1.0-57-amd64");
    facts.kernel.newer = "";
    EXPECT_EQ(
        of(facts, "kernel headers").remedy,
        "the archive no longer has them (or sudo apt update): sudo apt full-upgrade, and reboot into the "
        "new kernel first");
}

TEST(KernelFindings, TellWhatBecameOfDkmsModules) {
    auto facts = good_host();
    facts.kernel.dkms_version = "1-abcd";
    facts.kernel.dkms = DkmsModules::chosen;
    EXPECT_EQ(of(facts, "DKMS").state, State::ok);
    facts.kernel.dkms = DkmsModules::gone;
    EXPECT_EQ(of(facts, "DKMS").state, State::warning);
    EXPECT_EQ(of(facts, "DKMS").remedy, "sudo dkms install --force exitscope-kvm/1-abcd -k 6.1.0");
    facts.kernel.dkms = DkmsModules::hidden;
    EXPECT_EQ(of(facts, "DKMS").state, State::warning);
    EXPECT_EQ(of(facts, "DKMS").remedy.find("sudo depmod 6.1.0"), 0U);
}

class KernelFiles : public testing::Test {
protected:
    ~KernelFiles() override { std::filesystem::remove_all(root_); }

    void has(const std::string& file, std::string_view text = "") { text::write_file(root_ / file, text); }

    [[nodiscard]] KernelFacts facts() const { return gather_kernel_files(root_, release_); }

    const std::string release_ = "6.1.0-9-amd64";
    const std::string modules_ = "lib/modules/" + release_;
    std::filesystem::path root_ =
        std::filesystem::path{testing::TempDir()} / ("exitscope-kernel-" + std::to_string(getpid()));
};

TEST_F(KernelFiles, TellTheVersionTheHeadersAndANewerKernel) {
    EXPECT_EQ(facts().version, "6.1");
    EXPECT_EQ(facts().newer, "");
    EXPECT_EQ(facts().dkms, DkmsModules::none);
    EXPECT_FALSE(has_headers(root_, release_));
    has(modules_ + "/build/Makefile");
    has(modules_ + "/modules.dep");
    has("lib/modules/6.1.0-8-amd64/modules.dep");
    has("lib/modules/6.1.0-11-amd64/left-over");
    EXPECT_TRUE(has_headers(root_, release_));
    EXPECT_EQ(facts().newer, "");
    has("lib/modules/6.1.0-10-amd64/modules.dep");
    EXPECT_EQ(facts().newer, "6.1.0-10-amd64");
    EXPECT_EQ(gather_kernel_files(root_, "7.3").version, "7.3");
}

TEST_F(KernelFiles, TellWhichModulesModprobeTakes) {
    has("var/lib/dkms/exitscope-kvm/1-abcd/6.1.0-8-amd64/x86_64/module/kvm.ko");
    EXPECT_EQ(facts().dkms, DkmsModules::none);
    has("var/lib/dkms/exitscope-kvm/1-abcd/" + release_ + "/x86_64/module/kvm.ko.xz");
    EXPECT_EQ(facts().dkms, DkmsModules::gone);
    EXPECT_EQ(facts().dkms_version, "1-abcd");
    has(modules_ + "/updates/dkms/kvm.ko.xz");
    has(modules_ + "/modules.dep",
        "kernel/arch/x86/kvm/kvm-intel.ko: kernel/arch/x86/kvm/kvm.ko\nkernel/arch/x86/kvm/kvm.ko: x\n");
    EXPECT_EQ(facts().dkms, DkmsModules::hidden);
    has(modules_ + "/modules.dep", "updates/dkms/kvm.ko.xz: kernel/virt/lib/irqbypass.ko\n");
    EXPECT_EQ(facts().dkms, DkmsModules::chosen);
}

}  // namespace
}  // namespace exitscope::command::doctor
