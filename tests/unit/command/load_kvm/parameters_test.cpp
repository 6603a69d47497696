// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
//
// Parameters as /sys shows them, and what gives them again.

#include "load_kvm/parameters.h"

#include "host_kvm/fake_host.h"
#include "load_kvm/insert.h"

namespace exitscope::command::load_kvm {
namespace {

TEST(Parameters, AreLinesAndBack) {
    const Parameters parameters{{"ept", "Y"}, {"text", "a=b c"}, {"unset", ""}};
    EXPECT_EQ(text_of(parameters), "ept=Y\ntext=a=b c\nunset=\n");
    EXPECT_EQ(parse_parameters(text_of(parameters)), parameters);
    EXPECT_EQ(parse_parameters("cut"), Parameters{});
    EXPECT_EQ(parse_parameters("\n=1\nept=N"), (Parameters{{"ept", "N"}}));
    EXPECT_EQ(parse_parameters(""), Parameters{});
}

TEST(Parameters, DifferWhereTheValueOrTheNameIsMissing) {
    const Parameters wanted{{"a", "1"}, {"b", "2"}, {"c", "3"}};
    EXPECT_EQ(differing(wanted, wanted), Parameters{});
    EXPECT_EQ(differing(wanted, {{"a", "1"}, {"b", "3"}, {"d", "4"}}), (Parameters{{"b", "2"}, {"c", "3"}}));
}

TEST(Parameters, AreConfiguredByLinesOfTheirModule) {
    constexpr std::string_view configuration =
        "blacklist kvm\noptions kvm_intel nested=0\noptions kvm  a=1 flag b=2\nalias x kvm\noptions kvm "
        "a=3\noptions\n";
    EXPECT_EQ(configured_parameters(configuration, "kvm"), (Parameters{{"b", "2"}, {"a", "3"}}));
    EXPECT_EQ(configured_parameters("", "kvm"), Parameters{});
}

TEST(Parameters, AreGivenAsTheyAreShown) {
    EXPECT_EQ(argument_of({"ept", "Y"}), "ept=Y");
    EXPECT_EQ(argument_of({"lapic_timer_advance_ns", "-1"}), "lapic_timer_advance_ns=-1");
    EXPECT_EQ(argument_of({"list", "1,-2,3"}), "list=1,-2,3");
    EXPECT_EQ(argument_of({"text", "two words"}), "text=\"two words\"");
    EXPECT_EQ(argument_of({"force_avic", "Y"}), "force_avic=Y");
}

TEST(Parameters, AreNotGivenWhereTheyShowNoValueOfTheirs) {
    for (const Parameter& parameter : Parameters{{"an_unset_array", ""},
                                                 {"an_unset_string", "(null)"},
                                                 {"vmentry_l1d_flush", "???"},
                                                 {"quoted", "say \"x\""},
                                                 {"force_avic", "N"}})
        EXPECT_EQ(argument_of(parameter), std::nullopt) << parameter.name;
    EXPECT_EQ(arguments_of({{"a", "1"}, {"b", ""}, {"c", "3"}}), (std::vector<std::string>{"a=1", "c=3"}));
}

TEST(Parameters, ActWhenLoadedIfTheyEnableVirtualizationThen) {
    EXPECT_TRUE(acts_when_loaded("enable_virt_at_load"));
    EXPECT_FALSE(acts_when_loaded("nested"));
}

TEST(Parameters, AreQuotedForAShell) {
    EXPECT_EQ(quoted_for_shell("nested=0"), "nested=0");
    EXPECT_EQ(quoted_for_shell("text=\"it's\""), "'text=\"it'\\''s\"'");
}

class LoadedParametersTest : public host_kvm::FakeHost {};

TEST_F(LoadedParametersTest, AreReadByNameAndWrittenWhereTheOwnerMay) {
    has("sys/module/kvm/parameters/b", "2\n");
    has("sys/module/kvm/parameters/a", "1\n");
    has("sys/module/kvm/parameters/lines", "1\n2\n");
    has("sys/module/kvm/parameters/empty", "\n");
    EXPECT_EQ(read_parameters(folders().sys, "kvm"), (Parameters{{"a", "1"}, {"b", "2"}, {"empty", ""}}));
    EXPECT_EQ(read_parameters(folders().sys, "kvm_amd"), Parameters{});
    std::filesystem::permissions(root / "sys/module/kvm/parameters/b", std::filesystem::perms::owner_read);
    EXPECT_TRUE(is_writable(folders().sys, "kvm", "a"));
    EXPECT_FALSE(is_writable(folders().sys, "kvm", "b"));
    EXPECT_FALSE(is_writable(folders().sys, "kvm", "none"));
    EXPECT_TRUE(write_parameter(folders().sys, "kvm", {"a", "7"}));
    EXPECT_EQ(text::read_file(root / "sys/module/kvm/parameters/a"), "7");
    EXPECT_FALSE(write_parameter(folders().sys, "kvm_amd", {"a", "7"}));
}

}  // namespace
}  // namespace exitscope::command::load_kvm
