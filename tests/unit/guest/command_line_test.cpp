// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "runner/command_line.h"

#include <gtest/gtest.h>

namespace exitscope::runner {
namespace {

TEST(CommandLine, EmptyMeansEverythingAHundredTimes) {
    const auto command = parse_command_line("");
    EXPECT_EQ(command.workloads, "");
    EXPECT_EQ(command.iterations, 100U);
    EXPECT_FALSE(command.list);
    EXPECT_EQ(command.problem, "");
}

TEST(CommandLine, EveryKeyIsRead) {
    const auto command = parse_command_line("  workloads=cpuid,hlt   iterations=7 list ");
    EXPECT_EQ(command.workloads, "cpuid,hlt");
    EXPECT_EQ(command.iterations, 7U);
    EXPECT_TRUE(command.list);
    EXPECT_EQ(command.problem, "");
}

TEST(CommandLine, CountersOutsideAreOfAnInstructionSetAndAPaging) {
    const auto command = parse_command_line("counters=trace:vmx:shadow told=10:1;;30:2; iterations=3");
    EXPECT_EQ(command.problem, "");
    EXPECT_TRUE(command.outside);
    EXPECT_EQ(command.isa, model::InstructionSet::vmx);
    EXPECT_EQ(command.paging, model::Paging::shadow);
    EXPECT_EQ(command.told, "10:1;;30:2;");
    EXPECT_EQ(command.iterations, 3U);
    EXPECT_FALSE(parse_command_line("").outside);
    for (const auto* text :
         {"counters=", "counters=kvm", "counters=trace", "counters=trace:vmx",
          "counters=trace:vmx:", "counters=trace:vmx:unknown", "counters=trace:unknown:shadow",
          "counters=trace:VMX:shadow", "counters=trace:vmx:shadow:x"})
        EXPECT_EQ(parse_command_line(text).culprit, text);
}

TEST(CommandLine, UnknownKeyIsNamed) {
    const auto command = parse_command_line("iterations=7 colour=red list");
    EXPECT_EQ(command.problem, "unknown key");
    EXPECT_EQ(command.culprit, "colour=red");
}

TEST(CommandLine, TheImagesNameIsNoKeyWhateverItHolds) {
    for (const auto* text : {"g list", "/g list", "/tmp/a b/g list", "/tmp/a  b c/d e/g\tlist",
                             "/tmp/a=b, 'c\"d/e list", "/tmp/workloads=x/g list", "/tmp/list/g list"})
        EXPECT_EQ(without_name(text, true).substr(1), "list") << text;
    EXPECT_EQ(without_name("g", true), "");
    EXPECT_EQ(without_name("", true), "");
    EXPECT_EQ(without_name("", false), "");
}

TEST(CommandLine, ALoaderThatPassesNoNameLosesNoKey) {
    for (const auto* text : {"list", "workloads=cpuid list", "told=1/2 list", "iterations=5"})
        EXPECT_EQ(without_name(text, false), text);
    // iPXE's is a URI.
    EXPECT_EQ(without_name("tftp://host/g list", false), " list");
}

TEST(CommandLine, AMistypedKeyIsNotTakenForAPartOfTheName) {
    for (const auto* text : {"/tmp/a b/g lisst", "/tmp/g lisst list", "/tmp/a lisst"})
        EXPECT_EQ(parse_command_line(without_name(text, true)).culprit, "lisst") << text;
    EXPECT_EQ(parse_command_line(without_name("speed=fast list", false)).culprit, "speed=fast");
    EXPECT_EQ(parse_command_line(without_name("g list b/g", true)).culprit, "b/g");
}

TEST(CommandLine, GrubsQuotesAreNoPartOfAWord) {
    const auto command = parse_command_line("\"workloads=cpuid iterations=7\" \"list\"");
    EXPECT_EQ(command.problem, "");
    EXPECT_EQ(command.workloads, "cpuid");
    EXPECT_EQ(command.iterations, 7U);
    EXPECT_TRUE(command.list);
}

TEST(CommandLine, IterationsOutOfRangeAreNamed) {
    for (const auto* text :
         {"iterations=", "iterations=0", "iterations=-1", "iterations=1x", "iterations=5001",
          "iterations=18446744073709551616", "iterations=18446744073709551617"}) {
        const auto command = parse_command_line(text);
        EXPECT_EQ(command.problem, "iterations must be a number from 1 to 5000") << text;
        EXPECT_EQ(command.culprit, text);
    }
    EXPECT_EQ(parse_command_line("iterations=1").iterations, 1U);
    EXPECT_EQ(parse_command_line("iterations=5000").iterations, 5000U);
}

TEST(CommandLine, EmptyListOfWorkloadsIsAMistake) {
    EXPECT_EQ(parse_command_line("workloads=").problem, "no workload named");
}

TEST(CommandLine, OnlyTheTripleFaultIsTerminal) {
    EXPECT_TRUE(parse_command_line("workloads=cpuid terminal=triple_fault").triple_fault);
    EXPECT_FALSE(parse_command_line("workloads=cpuid").triple_fault);
    EXPECT_EQ(parse_command_line("terminal=").problem, "unknown terminal workload");
    EXPECT_EQ(parse_command_line("terminal=reset").culprit, "terminal=reset");
}

}  // namespace
}  // namespace exitscope::runner
