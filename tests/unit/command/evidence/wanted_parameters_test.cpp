// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "evidence/wanted_parameters.h"

#include <gtest/gtest.h>

namespace exitscope::command::evidence {
namespace {

HostEvidence host_with(std::string_view paging, std::map<std::string, std::string> kvm,
                       std::map<std::string, std::string> vendor = {}) {
    vendor["ept"] = paging;
    return {.module = "kvm_intel", .parameters = {{"kvm", std::move(kvm)}, {"kvm_intel", std::move(vendor)}}};
}

std::string text_of(const HostEvidence& host) {
    return odd_parameters_text(host);
}

TEST(WantedParameters, AreNamedWithWhatTheyChange) {
    EXPECT_EQ(text_of(host_with("Y", {{"mmio_caching", "N"}, {"ignore_msrs", "Y"}})),
              "kvm.ignore_msrs=Y (an access to an unknown MSR is no #GP), kvm.mmio_caching=N (an access to a "
              "device's address is a fault each time, no misconfiguration)");
    EXPECT_EQ(text_of(host_with("Y", {}, {{"vpid", "0"}})),
              "kvm_intel.vpid=0 (INVPCID and INVLPG flush more)");
}

TEST(WantedParameters, MayBeWrittenInTwoWaysOrNotBeThere) {
    EXPECT_EQ(text_of(host_with("Y", {{"mmio_caching", "1"}, {"ignore_msrs", "0"}}, {{"vpid", "Y"}})), "");
    EXPECT_EQ(text_of(host_with("Y", {})), "");
    EXPECT_EQ(text_of(host_with("Y", {{"halt_poll_ns", "0"}, {"tsc_tolerance_ppm", "1"}})), "");
    EXPECT_EQ(text_of({.module = "kvm_amd", .parameters = {{"kvm_amd", {{"npt", "1"}, {"avic", "0"}}}}}), "");
}

// Source: Linux mmu/mmu.c, kvm_configure_mmu(); vmx/vmx.c, hardware_setup().
TEST(WantedParameters, ThatKvmItselfSwitchesOffUnderShadowPagingAreNotOdd) {
    const std::map<std::string, std::string> kvm{{"tdp_mmu", "N"}};
    const std::map<std::string, std::string> vendor{
        {"unrestricted_guest", "N"}, {"eptad", "N"}, {"allow_smaller_maxphyaddr", "Y"}};
    EXPECT_EQ(text_of(host_with("N", kvm, vendor)), "");
    EXPECT_EQ(odd_parameters(host_with("Y", kvm, vendor)).size(), 4U);
}

}  // namespace
}  // namespace exitscope::command::evidence
