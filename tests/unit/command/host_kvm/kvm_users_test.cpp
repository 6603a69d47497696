// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
//
// Who uses KVM, read from folders that stand for /sys and /proc.

#include "host_kvm/kvm_users.h"

#include <unistd.h>

#include "host_kvm/fake_host.h"

namespace exitscope::command::host_kvm {
namespace {

class KvmUsersTest : public FakeHost {
protected:
    KvmUsersTest() {
        for (const std::string module : {"kvm", "kvm_amd"}) {
            has("sys/module/" + module + "/initstate", "live\n");
            has("sys/module/" + module + "/refcnt", module == "kvm" ? "1\n" : "0\n");
        }
        has("sys/module/kvm/holders/kvm_amd", "");
    }

    [[nodiscard]] std::vector<std::string> names() const {
        std::vector<std::string> found;
        for (const auto& user : kvm_users(folders()))
            found.push_back(user.name);
        return found;
    }
    [[nodiscard]] std::string only_text() const {
        const auto users = kvm_users(folders());
        return users.size() == 1 ? text_of(users.front()) : "not one user";
    }
};

using Names = std::vector<std::string>;

TEST_F(KvmUsersTest, AreNoneWhereTheVendorsModuleHoldsKvmOnly) {
    has_open("proc/1", "/dev/null");
    has_open("proc/self", "/dev/kvm");
    has("proc/1/maps", "7f0000000000-7f0000001000 rw-s 0 00:0e 12 /tmp/kvm-vcpu:0\n");
    has("sys/kernel/tracing/events/kvm/kvm_exit/enable", "0\n");
    EXPECT_EQ(names(), Names{});
}

TEST_F(KvmUsersTest, AreProcessesWithAnythingOfKvmInTheOrderOfTheirNumbers) {
    has_open("proc/100", "anon_inode:kvm-vm");
    has_open("proc/20", "anon_inode:[kvm-gmem]");
    has_open("proc/3", "/dev/kvm");
    has("proc/4/comm", "mapper\n");
    has("proc/4/maps",
        "7f0000000000-7f0000001000 r-xp 0 08:01 1 /usr/bin/x\n"
        "7f0000002000-7f0000003000 rw-s 0 00:0e 12 anon_inode:kvm-vcpu:0\n");
    // The references are the processes'.
    has("sys/module/kvm_amd/refcnt", "3\n");
    EXPECT_EQ(names(),
              (Names{"process 3 (test)", "process 4 (mapper)", "process 20 (test)", "process 100 (test)"}));
}

TEST_F(KvmUsersTest, AreModulesThatAreNotKvmsOwn) {
    has("sys/module/kvm/holders/kvmgt", "");
    has("sys/module/kvm/refcnt", "2\n");
    EXPECT_EQ(names(), Names{"module kvmgt"});
}

TEST_F(KvmUsersTest, AreTracingSessionsOfEachInstance) {
    has("sys/kernel/tracing/events/kvm/kvm_exit/enable", "1\n");
    has("sys/kernel/tracing/events/kvm/kvm_entry/enable", "1\n");
    has("sys/kernel/tracing/events/kvm/kvm_msr/enable", "0\n");
    has("sys/kernel/tracing/instances/mine/events/kvmmmu/kvm_mmu_a/enable", "1\n");
    has("sys/kernel/tracing/instances/mine/events/kvmmmu/kvm_mmu_b/enable", "1\n");
    has("sys/kernel/tracing/instances/mine/events/kvmmmu/kvm_mmu_c/enable", "1\n");
    has("sys/kernel/tracing/instances/mine/events/kvmmmu/kvm_mmu_d/enable", "1\n");
    const auto users = kvm_users(folders());
    ASSERT_EQ(users.size(), 2U);
    EXPECT_EQ(users[0].name, "a tracing session has kvm events enabled (kvm_entry, kvm_exit)");
    EXPECT_EQ(users[0].remedy,
              "end it, or: echo 0 > " + (root / "sys/kernel/tracing/events/kvm/enable").string());
    EXPECT_EQ(
        users[1].name,
        "a tracing session (instance mine) has kvmmmu events enabled (kvm_mmu_a, kvm_mmu_b, kvm_mmu_c and "
        "1 more)");
    EXPECT_EQ(
        users[1].remedy,
        "end it, or: echo 0 > " + (root / "sys/kernel/tracing/instances/mine/events/kvmmmu/enable").string());
}

TEST_F(KvmUsersTest, AreTriggersWhichExplainAReference) {
    // Below debugfs, as before Linux 4.1.
    has("sys/kernel/debug/tracing/events/kvm/kvm_exit/enable", "0*\n");
    has("sys/module/kvm/refcnt", "2\n");
    EXPECT_EQ(
        only_text(),
        "a tracing trigger uses kvm events (kvm_exit); find and remove it: grep -rv '^#' --include=trigger " +
            (root / "sys/kernel/debug/tracing/events").string());
}

TEST_F(KvmUsersTest, AreCountedWhereNothingElseIsKnown) {
    has("sys/module/kvm_amd/refcnt", "3\n");
    EXPECT_EQ(only_text(),
              geteuid() == 0 ? "3 users of kvm_amd that are no process, module or tracing session seen from "
                               "here (another PID namespace?); it may be a pinned BPF program: bpftool link, "
                               "ls /sys/fs/bpf"
                             : "3 users of kvm_amd that are no process, module or tracing session seen by "
                               "this user; root sees more; it may be a pinned BPF program: bpftool link, ls "
                               "/sys/fs/bpf");
}

TEST_F(KvmUsersTest, MayBeTracersWhereAReferenceIsLeft) {
    has_open("proc/12", "anon_inode:[perf_event]");
    has_open("proc/13", "anon_inode:bpf_link");
    has("proc/13/fdinfo/9", "link_type:\traw_tracepoint\ntp_name:\tkvm_exit\n");
    has_open("proc/14", "anon_inode:bpf-prog");
    has("sys/kernel/tracing/events/kvm/kvm_exit/enable", "0\n");
    has("sys/kernel/tracing/dynamic_events", "p:kprobes/a do_exit\ne:eprobes/b kvm.kvm_exit\n");
    // They are everywhere: nothing is said where no reference is left over.
    EXPECT_EQ(names(), Names{});
    has("sys/module/kvm/refcnt", "2\n");
    const auto users = kvm_users(folders());
    ASSERT_EQ(users.size(), 1U);
    EXPECT_EQ(users[0].name.substr(0, 29), "1 user of kvm that is no proc");
    EXPECT_EQ(users[0].remedy,
              "it may be process 12 (test), which has perf events open or process 13 (test), which has a BPF "
              "program on "
              "kvm_exit or process 14 (test), which has a BPF program or the probe \"e:eprobes/b "
              "kvm.kvm_exit\" of " +
                  (root / "sys/kernel/tracing/dynamic_events").string());
}

TEST_F(KvmUsersTest, DoNotIncludeTheUsersOfABuiltInModule) {
    std::filesystem::remove(root / "sys/module/kvm/initstate");
    has("sys/module/kvm/refcnt", "7\n");
    EXPECT_EQ(names(), Names{});
}

}  // namespace
}  // namespace exitscope::command::host_kvm
