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
TEST(OwnModules, DoNotKeepWhatShadowPagingChanged) {
    EXPECT_EQ(without_what_shadow_paging_changed({{"ept", "N"},
                                                  {"eptad", "N"},
                                                  {"nested", "N"},
                                                  {"allow_smaller_maxphyaddr", "Y"},
                                                  {"unrestricted_guest", "N"}}),
              (Parameters{{"ept", "N"}, {"nested", "N"}}));
    EXPECT_EQ(without_what_shadow_paging_changed({{"vls", "0"}, {"sev", "N"}, {"vgif", "0"}}),
              (Parameters{{"vgif", "0"}}));
    EXPECT_EQ(without_what_shadow_paging_changed({{"tdp_mmu", "N"}, {"halt_poll_ns", "0"}}),
              (Parameters{{"halt_poll_ns", "0"}}));
}

TEST(OwnModules, HadShadowPagingWhereTheVendorsParameterWasOff) {
    const auto setting = *evidence::find_setting("npt=1");
    EXPECT_TRUE(had_shadow_paging(setting, {{"nested", "1"}, {"npt", "N"}}));
    EXPECT_TRUE(had_shadow_paging(setting, {{"npt", "0"}}));
    EXPECT_FALSE(had_shadow_paging(setting, {{"npt", "Y"}, {"nested", "N"}}));
    EXPECT_FALSE(had_shadow_paging(setting, {{"ept", "N"}}));
    EXPECT_FALSE(had_shadow_paging(setting, {}));
}

}  // namespace
}  // namespace exitscope::command::load_kvm
