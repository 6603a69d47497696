// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
//
// The parameters with which a host's own modules are loaded again.

#include "load_kvm/own_modules.h"

#include <gtest/gtest.h>

namespace exitscope::command::load_kvm {
namespace {

const Parameters as_loaded{
    {"ept", "Y"}, {"eptad", "Y"}, {"nested", "N"}, {"unrestricted_guest", "Y"}, {"ple_gap", "128"}};

TEST(OwnModules, KeepWhatTheyHadButThePagingAskedFor) {
    EXPECT_EQ(
        parameters_for(*evidence::find_setting("ept=0"), "kvm_intel", as_loaded),
        (Parameters{
            {"eptad", "Y"}, {"nested", "N"}, {"unrestricted_guest", "Y"}, {"ple_gap", "128"}, {"ept", "0"}}));
    EXPECT_EQ(parameters_for(*evidence::find_setting("npt=1"), "kvm_amd", {{"npt", "N"}, {"nested", "1"}}),
              (Parameters{{"nested", "1"}, {"npt", "1"}}));
    EXPECT_EQ(parameters_for(*evidence::find_setting("ept=0"), "kvm", {{"halt_poll_ns", "7"}}),
              (Parameters{{"halt_poll_ns", "7"}}));
    EXPECT_EQ(parameters_for(*evidence::find_setting("npt=0"), "kvm_amd", {}), (Parameters{{"npt", "0"}}));
}

// As /sys shows them of a KVM with ept=0, whoever switched them off.
TEST(OwnModules, DoNotKeepWhatShadowPagingSwitchedOff) {
    EXPECT_EQ(parameters_for(*evidence::find_setting("ept=1"), "kvm_intel",
                             {{"ept", "N"}, {"eptad", "N"}, {"nested", "N"}, {"unrestricted_guest", "N"}}),
              (Parameters{{"nested", "N"}, {"ept", "1"}}));
    EXPECT_EQ(parameters_for(*evidence::find_setting("npt=1"), "kvm_amd",
                             {{"npt", "N"}, {"vls", "0"}, {"sev", "N"}, {"vgif", "0"}}),
              (Parameters{{"vgif", "0"}, {"npt", "1"}}));
    EXPECT_EQ(
        parameters_for(*evidence::find_setting("ept=1"), "kvm", {{"tdp_mmu", "N"}, {"halt_poll_ns", "0"}}),
        (Parameters{{"halt_poll_ns", "0"}}));
}

}  // namespace
}  // namespace exitscope::command::load_kvm
