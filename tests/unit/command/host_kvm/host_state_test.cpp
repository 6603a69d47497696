// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
//
// What decides about a run, read from folders that stand for /sys, /proc and /dev.

#include "host_kvm/host_state.h"

#include <fmt/format.h>

#include "host_kvm/fake_host.h"

namespace exitscope::command::host_kvm {
namespace {

class HostStateTest : public FakeHost {
protected:
    [[nodiscard]] HostState read() const { return read_host_state(folders()); }
};

TEST_F(HostStateTest, IsNothingWhereNothingIs) {
    const auto state = read();
    EXPECT_EQ(state.isa, model::InstructionSet::unknown);
    EXPECT_FALSE(state.loaded || state.in_force || state.exit_counters > 0 || state.kvm_opens ||
                 state.remembers);
}

TEST_F(HostStateTest, NeedsTheWholeWordOfTheFlag) {
    has("proc/cpuinfo", "model name : svm vmx\nflags\t\t: fpu vmx_flags svm_lock\n");
    EXPECT_EQ(read().isa, model::InstructionSet::unknown);
    has("proc/cpuinfo", "flags\t\t: fpu vmx sse\nflags\t\t: svm\n");
    EXPECT_EQ(read().isa, model::InstructionSet::vmx);
    has("proc/cpuinfo", "flags\t\t: fpu svm");
    EXPECT_EQ(read().isa, model::InstructionSet::svm);
}

TEST_F(HostStateTest, IsInForceWithThePatchedModuleOnly) {
    has("sys/module/kvm_intel/parameters/ept", "N\n");
    EXPECT_FALSE(read().in_force);
    EXPECT_EQ(read().loaded->name, "ept=0");
    has("sys/module/kvm/parameters/exit_counters", "1\n");
    EXPECT_EQ(read().in_force->name, "ept=0");
    EXPECT_EQ(read().exit_counters, 1);
    has("sys/module/kvm/parameters/exit_counters", "0\n");
    EXPECT_EQ(read().exit_counters, 0);
    std::filesystem::remove_all(root / "sys/module/kvm_intel");
    EXPECT_FALSE(read().in_force);
    has("sys/module/kvm_amd/parameters/npt", "1\n");
    EXPECT_EQ(read().in_force->name, "npt=1");
}

TEST_F(HostStateTest, KnowsWhetherItsKernelHasASeries) {
    has("series/6.12/0001.patch", "");
    const auto is_there = [this] { return read_host_state(folders(), root / "series").has_series; };
    for (const auto* const release : {"6.12.0-1-amd64", "6.12", "6.12-rc1", "6.12+"}) {
        has("proc/sys/kernel/osrelease", fmt::format("{}\n", release));
        EXPECT_TRUE(is_there()) << release;
    }
    for (const auto* const release : {"6.1.0-1-amd64", "6.120.1", "6.11.12", "7"}) {
        has("proc/sys/kernel/osrelease", fmt::format("{}\n", release));
        EXPECT_FALSE(is_there()) << release;
    }
}

TEST_F(HostStateTest, KnowsTheDeviceAndWhatLoadKvmRemembers) {
    has("dev/kvm", "");
    has("state/kvm/added", "");
    EXPECT_TRUE(read().kvm_opens);
    EXPECT_TRUE(read().remembers);
}

}  // namespace
}  // namespace exitscope::command::host_kvm
