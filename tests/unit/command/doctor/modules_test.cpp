// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
//
// What `exitscope doctor` says of KVM's modules that are not as it needs them.

#include <gtest/gtest.h>

#include "doctor/examine.h"
#include "doctor/good_host.h"

namespace exitscope::command::doctor {
namespace {

TEST(Doctor, NamesAKvmThatIsBuiltInAndWhatItCanDo) {
    auto facts = good_host();
    facts.state.loaded = *evidence::find_setting("ept=1");
    facts.built_in = true;
    facts.modules = {{"kvm", "built in"}, {"kvm_intel", "built in"}};
    const auto modules = of(facts, "modules");
    EXPECT_EQ(modules.text, "kvm built in, kvm_intel built in, kvm_intel.ept=Y");
    EXPECT_EQ(modules.state, State::note);
    EXPECT_NE(modules.remedy.find("--counters trace"), std::string::npos) << modules.remedy;
    EXPECT_EQ(of(facts, "exit counters").remedy,
              "a KVM with counters cannot be put in its place (see modules)");
    facts.modules.clear();
    facts.parameters.clear();
    facts.built_in = false;
    EXPECT_EQ(of(facts, "modules").text, "no KVM is loaded");
}

TEST(Doctor, NamesAVendorModuleForNeitherVmxNorSvmAndWhatItCannotDo) {
    auto facts = good_host();
    facts.state.isa = model::InstructionSet::unknown;
    facts.modules = {{"kvm", "built in"}, {"kvm_pvm", "built in"}};
    facts.parameters.clear();
    facts.other_vendors = {"kvm_pvm"};
    facts.built_in = true;
    auto modules = of(facts, "modules");
    EXPECT_EQ(modules.text, "kvm built in, kvm_pvm built in");
    EXPECT_EQ(modules.state, State::problem);
    EXPECT_EQ(modules.remedy,
              "kvm_pvm runs guests by neither VMX nor SVM: its exits have no counters and no "
              "reasons that exitscope knows; measure in the lab, scripts/run --on lab");
    facts.state.isa = model::InstructionSet::vmx;
    facts.built_in = false;
    facts.modules = {{"kvm", "A1"}, {"kvm_pvm", "C3"}};
    modules = of(facts, "modules");
    EXPECT_TRUE(modules.remedy.ends_with("; sudo modprobe -r kvm_pvm")) << modules.remedy;
    facts.state.loaded = *evidence::find_setting("ept=1");
    facts.modules = {{"kvm", "A1"}, {"kvm_intel", "B2"}, {"kvm_pvm", "C3"}};
    modules = of(facts, "modules");
    EXPECT_EQ(modules.state, State::note);
    EXPECT_TRUE(modules.remedy.ends_with("; what is measured is the other one")) << modules.remedy;
}

}  // namespace
}  // namespace exitscope::command::doctor
