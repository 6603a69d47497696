// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "inner_linux/phases.h"

#include <gtest/gtest.h>

#include <unistd.h>

#include "as_printed.h"
#include "inner_linux/exitstat_line.h"
#include "inner_linux/phase_table.h"
#include "inner_linux/repeat.h"
#include "result/result.h"
#include "text/file.h"

namespace exitscope::command::inner_linux {
namespace {

const std::string boot =
    R"({"exitstat":2,"name":"boot","counters":"exitscope","isa":"vmx","paging":"two-dimensional","scope":"vcpu",)"
    R"("since_creation":true,"total":110,"reasons":[{"reason":"1","name":"EXTERNAL_INTERRUPT","exits":10,)"
    R"("cycles":5},{"reason":"48","name":"EPT_VIOLATION","exits":100,"cycles":7}]})";
const std::string work =
    R"({"exitstat":2,"name":"work","counters":"exitscope","isa":"vmx","paging":"two-dimensional","scope":"vcpu",)"
    R"("since_creation":false,"total":33,"reasons":[{"reason":"10","name":"CPUID","exits":33,"cycles":9}]})";

std::string replaced(std::string text, std::string_view what, std::string_view by) {
    return text.replace(text.find(what), what.size(), by);
}

class PhasesTest : public testing::Test {
protected:
    ~PhasesTest() override { std::filesystem::remove(file_); }

    report::Report read(const std::string& console, bool has_end = true,
                        const evidence::Marks* marks = nullptr) {
        return read_raw(as_printed(console), has_end, marks);
    }

    report::Report read_raw(const std::string& console, bool has_end = true,
                            const evidence::Marks* marks = nullptr) {
        text::write_file(file_, console);
        return read_phases(file_,
                           {.has_end = has_end, .paging = model::Paging::two_dimensional, .marks = marks});
    }

    std::string damage_of(const std::string& console) {
        const auto report = read(console);
        return report.damage.empty() ? "none" : report.damage.front();
    }

    result::Result result_of(const std::string& console, std::string_view setting) {
        return result_of_raw(as_printed(console), setting);
    }

    result::Result result_of_raw(const std::string& console, std::string_view setting) {
        return result::make_result(read_raw(console),
                                   {.asked = *evidence::find_setting(setting), .ends_by_itself = true});
    }

    std::filesystem::path file_ =
        std::filesystem::temp_directory_path() / ("exitscope-phases-" + std::to_string(getpid()));
};

const std::string end = "exitscope: the work is done\r\n";

TEST_F(PhasesTest, ANameIsOneLineWhateverTheGuestCallsIt) {
    const auto report = read(replaced(work, "\"work\"", "\"a\\nb\\u007f, c\"") + "\r\n" + end);
    ASSERT_EQ(report.workloads.size(), 1U);
    EXPECT_EQ(report.workloads[0].name, "a?b?, c");
}

TEST_F(PhasesTest, StandAsWorkloadsWithNoiseApart) {
    const auto report = read("SeaBIOS\r\n[    0.1] Linux " + boot + "\r\n" + work + "\r\n" + end);
    EXPECT_TRUE(report.damage.empty()) << report.damage.front();
    ASSERT_EQ(report.workloads.size(), 2U);
    EXPECT_EQ(report.workloads[0].name, "boot");
    EXPECT_EQ(report.workloads[0].exits, (evidence::Counts{{48, 100}}));
    EXPECT_EQ(report.workloads[0].total, 100U);
    EXPECT_EQ(report.workloads[0].window->noise, (evidence::Counts{{1, 10}}));
    EXPECT_EQ(report.workloads[0].window->total, 110U);
    EXPECT_EQ(report.workloads[0].window->cycles, (evidence::Counts{{1, 5}, {48, 7}}));
    EXPECT_EQ(report.run->paging, model::Paging::two_dimensional);
    EXPECT_EQ(report.end_verdict, model::Verdict::pass);
}

TEST_F(PhasesTest, KeepPhasesOfOneNameApart) {
    const auto report = read(work + "\n" + work + "\n" + end);
    EXPECT_EQ(report.workloads[1].name, "work.2");
}

TEST_F(PhasesTest, AreNoPassWithoutTheirEnd) {
    EXPECT_EQ(result_of(boot + "\n" + work + "\n" + end, "ept=1").verdict, model::Verdict::pass);
    EXPECT_EQ(result_of(boot + "\n" + work + "\n", "ept=1").verdict, model::Verdict::crash);
    EXPECT_EQ(read(boot + "\n", false).end_verdict, model::Verdict::pass);
    EXPECT_FALSE(read("a Linux without exitstat\n", false).end_verdict);
    EXPECT_EQ(damage_of(end),
              "exitstat printed nothing: it did not run, found no counters, or the console is another one");
}

TEST_F(PhasesTest, WrongLinesAreDamage) {
    EXPECT_EQ(damage_of(replaced(boot, "110", "111") + "\n" + end),
              "console line 1: boot: the total is 111, and the reasons do not add up to it");
    EXPECT_EQ(damage_of(boot + "\n" + replaced(work, "two-dimensional", "shadow") + "\n" + end),
              "console line 2: of another machine than the lines before it");
    EXPECT_EQ(damage_of(replaced(work, "\"exitstat\":2", "\"exitstat\":1") + "\n" + end),
              "console line 1.exitstat: this exitscope reads version 2, the line is version 1");
    EXPECT_NE(damage_of(replaced(work, "\"10\"", "\"35\"") + "\n" + end)
                  .find("the manual defines no such exit reason of vmx"),
              std::string::npos);
}

TEST_F(PhasesTest, EveryPrefixOfTheConsoleIsNoPass) {
    const auto console = as_printed("text\n" + boot + "\r\n" + work + "\r\nexitscope: the work is done");
    // Nothing that was counted is missing where only the last name is cut.
    for (std::size_t size = 0; size < console.size() - 3; ++size)
        EXPECT_NE(result_of_raw(console.substr(0, size), "ept=1").verdict, model::Verdict::pass) << size;
    EXPECT_EQ(result_of_raw(console, "ept=1").verdict, model::Verdict::pass);
}

// A message of the kernel's comes between any two characters.
TEST_F(PhasesTest, AKernelsMessageInALineIsAnErrorThatNamesThePhase) {
    const auto console = as_printed(boot + "\n" + work + "\n" + work + "\n" + end);
    const auto begin = console.find("{\"exitstat\":2,\"number\":2");
    const auto size = console.find('\n', begin) - begin;
    for (std::size_t at = 1; at < size; ++at) {
        auto cut = console;
        cut.insert(begin + at, "[    9.1] a message\r\n");
        const auto damage = read_raw(cut).damage;
        ASSERT_FALSE(damage.empty()) << at;
        EXPECT_EQ(damage.back(), "phase 2, 'work', is lost: its line on the console is cut or missing") << at;
        EXPECT_GE(damage.size(), 2U) << at;
        EXPECT_EQ(result_of_raw(cut, "ept=1").verdict, model::Verdict::error) << at;
    }
}

TEST_F(PhasesTest, AnyOtherDigitIsMangled) {
    const auto console = as_printed(work + "\n" + end);
    for (std::size_t at = 0; console[at] != '\n'; ++at) {
        auto mangled = console;
        mangled[at] = mangled[at] == '7' ? '8' : '7';
        EXPECT_NE(result_of_raw(mangled, "ept=1").verdict, model::Verdict::pass) << mangled;
    }
}

TEST_F(PhasesTest, PhasesThatAreLostAreNamed) {
    const auto console = as_printed(boot + "\n" + work + "\n" + work + "\n" + end);
    const auto without = [&console](int first, int last) {
        auto rest = console;
        const auto begin = rest.find(fmt::format("{{\"exitstat\":2,\"number\":{}", first));
        const auto next = rest.find(fmt::format("{{\"exitstat\":2,\"number\":{}", last + 1));
        return rest.erase(begin, (next == rest.npos ? rest.find("exitscope: the work") : next) - begin);
    };
    using Sentences = std::vector<std::string>;
    const std::string lost = " is lost: its line on the console is cut or missing";
    EXPECT_EQ(read_raw(without(1, 1)).damage, Sentences{"phase 1, 'boot'," + lost});
    EXPECT_EQ(read_raw(without(2, 2)).damage, Sentences{"phase 2, 'work'," + lost});
    EXPECT_EQ(read_raw(without(2, 3)).damage,
              (Sentences{"phase 2, 'work'," + lost, "phase 3, 'work'," + lost}));
    // A Linux of one's own need not print the names.
    const auto unnamed = without(2, 2).substr(0, without(2, 2).find("exitscope: the work"));
    EXPECT_EQ(
        read_raw(unnamed, false).damage,
        Sentences{"1 of the phases are lost, after 'boot', before 'work': their lines on the console are cut "
                  "or missing"});
    EXPECT_EQ(read_raw(unnamed + "exitscope: the work is done\n").damage.back(),
              "the last line names 0 phases, and number 3 is there: it is cut");
    EXPECT_EQ(read_raw(console + console).damage.front(),
              "console line 5: phase 1 comes after phase 3: a line stands twice, or the Linux began again");
}

TEST_F(PhasesTest, WhatTheLinuxSaysOfItIsQuoted) {
    const auto damage = read_raw(
                            "[    0.2] Initramfs unpacking failed: junk\r\n"
                            "[    0.3] Kernel panic - not syncing: VFS: no root\r\n")
                            .damage;
    ASSERT_EQ(damage.size(), 3U);
    EXPECT_EQ(damage[1], "the Linux says on its console: 'Initramfs unpacking failed: junk'");
    EXPECT_EQ(damage[2], "the Linux says on its console: 'Kernel panic - not syncing: VFS: no root'");
    EXPECT_EQ(read_raw("/init: line 3: exitstat: not found\r\n", false).damage.back(),
              "the Linux says on its console: 'exitstat: not found'");
    // A run that is whole may end in a panic: its first process is done.
    EXPECT_TRUE(read(work + "\n[    0.3] Kernel panic - not syncing: Attempted to kill init!\n", false)
                    .damage.empty());
}

TEST_F(PhasesTest, CountsThatSurvivedAReloadAreAWrongLabel) {
    // Coursework counters live in kvm.ko: kvm-intel was loaded anew with ept=0, and they still hold
    // violations.
    const auto stale = replaced(replaced(boot, "exitscope", "layout-a"), "two-dimensional", "unknown");
    const auto result = result_of(stale + "\n" + end, "ept=0");
    EXPECT_EQ(result.verdict, model::Verdict::error);
    EXPECT_EQ(
        result.problems.front().message,
        "asked for ept=0, but the counts show two-dimensional paging (100 EPT_VIOLATION in boot), while the "
        "counters report VMX");
}

TEST_F(PhasesTest, ResultIsAResultFile) {
    const auto result = result_of(boot + "\n" + work + "\n" + end, "ept=1");
    EXPECT_EQ(result::read_result(result::write_result(result), "r"), result);
}

TEST_F(PhasesTest, TableSetsBothPagingsSideBySide) {
    const auto shadow = replaced(replaced(replaced(boot, "two-dimensional", "shadow"), "\"48\"", "\"0\""),
                                 "EPT_VIOLATION", "EXCEPTION_NMI");
    const auto table = make_phase_table(
        {result_of(boot + "\n" + work + "\n" + end, "ept=1"),
         result_of(shadow + "\n" + replaced(work, "two-dimensional", "shadow") + "\n" + end, "ept=0")});
    const auto text = phase_table_text(table);
    EXPECT_EQ(text.substr(0, text.find("\n\n")),
              "phase  reason                      ept=1     ept=0\n"
              "boot   all                           110  =    110\n"
              "       EXCEPTION_NMI                   0  <    100\n"
              "       EPT_VIOLATION                 100  >      0\n"
              "       EXTERNAL_INTERRUPT (noise)     10  =     10\n"
              "work   all                            33  =     33\n"
              "       CPUID                          33  =     33");
    EXPECT_NE(text.find("\nEPT_VIOLATION: the first access to each guest page"), std::string::npos) << text;
    EXPECT_NE(phase_table_markdown(table).find("|  | EXCEPTION_NMI | 0 | &lt; | 100 |\n"), std::string::npos);
}

TEST_F(PhasesTest, RepetitionNamesWhatDiffers) {
    const auto one = result_of(boot + "\n" + work + "\n" + end, "ept=1");
    const auto other = result_of(
        replaced(replaced(boot, "\"exits\":10,", "\"exits\":12,"), "110", "112") + "\n" + work + "\n" + end,
        "ept=1");
    EXPECT_EQ(repeat_text({one, one}), "ept=1, 2 runs: 3 counts are equal, which are all\n");
    EXPECT_EQ(
        repeat_text({one, other}),
        "ept=1, 2 runs: 2 counts are equal; these differ:\n  boot: EXTERNAL_INTERRUPT 10 to 12 (noise)\n");
}

}  // namespace
}  // namespace exitscope::command::inner_linux
