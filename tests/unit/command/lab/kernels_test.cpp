// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
//
// The table of L1 kernels, and the list of programs.

#include "lab/kernels.h"

#include <gtest/gtest.h>

#include <span>

#include "lab/programs.h"
#include "text/file.h"

namespace exitscope::command::lab {
namespace {

constexpr std::string_view table =
    "# name ...\n"
    "\n"
    "6.1    6.1  ept=1,ept=0,npt=1,npt=0 512 debian-12           l1 - - - a small kernel\n"
    "6.12\t6.12 ept=1,npt=1 512 debian-12,debian-13 l1 - - - small\n"
    "own    6.12 npt=0       512 other-1             - h 6.12.* i-* as it is\n";

std::string problem_of(const std::string& line) {
    try {
        (void)parse_kernels(std::string{table} + line, "T");
    } catch (const text::InputError& problem) {
        return problem.what();
    }
    return "none";
}

TEST(Kernels, AreALineEach) {
    const auto kernels = parse_kernels(table, "T");
    ASSERT_EQ(kernels.size(), 3U);
    EXPECT_EQ(kernels[1].name, "6.12");
    EXPECT_EQ(kernels[1].series, "6.12");
    EXPECT_EQ(kernels[1].memory, 512);
    EXPECT_EQ(kernels[1].distributions, (std::vector<std::string>{"debian-12", "debian-13"}));
    EXPECT_EQ(settings_text(kernels[1]), "ept=1 and npt=1");
    EXPECT_EQ(kernels[2].name, "own");
    EXPECT_EQ(settings_text(kernels[2]), "npt=0");
}

TEST(Kernels, ABrokenLineIsNamed) {
    EXPECT_EQ(problem_of("7.3 7.3 npt=1 512 debian-12 l1 - - -\n"), "T:6: 7.3: 9 columns, not 10");
    EXPECT_EQ(problem_of("7.3\n"), "T:6: 7.3: 1 columns, not 10");
    EXPECT_EQ(problem_of("7.3 7.3 npt=1,nept=1 512 debian-12 l1 - - - s"),
              "T:6: 7.3: no such setting: nept=1");
    EXPECT_EQ(problem_of("own 7.3 npt=1 512 debian-12 l1 - - - s"), "T:6: own: the name is there twice");
    EXPECT_EQ(problem_of("7.3 7.3 npt=1 512 debian-12 l1 - - - s"), "none");
    EXPECT_THROW((void)parse_kernels("# nothing\n", "T"), text::InputError);
}

TEST(Kernels, TheDefaultIsTheDistributionsFirst) {
    const auto kernels = parse_kernels(table, "T");
    EXPECT_EQ(default_kernel(kernels, "debian-12").name, "6.1");
    EXPECT_EQ(default_kernel(kernels, "debian-13").name, "6.12");
    EXPECT_EQ(default_kernel(kernels, "other-1").name, "own");
    EXPECT_EQ(default_kernel(kernels, "debian").name, "6.1");
}

TEST(Kernels, TheSmallOneIsBuiltFromSource) {
    const auto kernels = parse_kernels(table, "T");
    EXPECT_EQ(small_kernel(kernels, "debian-12").name, "6.1");
    EXPECT_EQ(small_kernel(kernels, "debian-13").name, "6.12");
    EXPECT_EQ(small_kernel(kernels, "other-1").name, "6.1");
    EXPECT_THROW((void)small_kernel(std::span{kernels}.subspan(2), "other-1"), text::InputError);
}

TEST(Kernels, AnUnknownNameListsThoseThereAre) {
    const auto kernels = parse_kernels(table, "T");
    EXPECT_EQ(find_kernel(kernels, "own").series, "6.12");
    try {
        (void)find_kernel(kernels, "6");
        FAIL();
    } catch (const text::InputError& problem) {
        EXPECT_STREQ(problem.what(), "no such L1 kernel: 6 (6.1, 6.12, own)");
    }
}

TEST(Kernels, RunUnderTheirSettings) {
    const auto kernels = parse_kernels(table, "T");
    for (const auto& setting : evidence::settings)
        EXPECT_EQ(mismatch(kernels, kernels[0], setting), std::nullopt) << setting.name;
    EXPECT_EQ(
        mismatch(kernels, kernels[2], *evidence::find_setting("ept=1")),
        "ept=1 runs in Bochs, which runs the L1 kernels 6.1, 6.12 only, not own; measure npt=0 with it");
    EXPECT_EQ(
        mismatch(kernels, kernels[1], *evidence::find_setting("npt=0")),
        "npt=0 runs in QEMU, which runs the L1 kernels 6.1, own only, not 6.12; measure ept=1 and npt=1 "
        "with it");
}

/// The checkout's own: what holds of its kernels one by one.
TEST(Kernels, AllButThoseForDebuggingRunInBochs) {
    const auto kernels = read_kernels();
    EXPECT_EQ(kernels.front().name, "7.3");
    for (const auto& kernel : kernels) {
        EXPECT_EQ(mismatch(kernels, kernel, *evidence::find_setting("npt=0")), std::nullopt) << kernel.name;
        EXPECT_EQ(mismatch(kernels, kernel, *evidence::find_setting("ept=0")).has_value(),
                  kernel.name.ends_with("-debug"))
            << kernel.name;
    }
}

TEST(Programs, AreThoseOfTheLinesOfTheLab) {
    EXPECT_EQ(parse_programs("# lab package program\nbuild a b\nlab c d e\nlab f\n\ntest:lab g "
                             "h\nlab:ept=1,ept=0 i debian-12=k j\n"),
              (std::vector<std::string>{"d", "e", "j"}));
}

}  // namespace
}  // namespace exitscope::command::lab
