// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "inner_linux/phases.h"

#include <gtest/gtest.h>

#include <unistd.h>

#include "inner_linux/exitstat_line.h"
#include "inner_linux/phase_table.h"
#include "inner_linux/repeat.h"
#include "result/result.h"
#include "text/file.h"

namespace exitscope::command::inner_linux {
namespace {

const std::string boot =
    R"({"exitstat":1,"name":"boot","counters":"exitscope","isa":"vmx","paging":"two-dimensional","scope":"vcpu",)"
    R"("since_creation":true,"total":110,"reasons":[{"reason":"1","name":"EXTERNAL_INTERRUPT","exits":10,)"
    R"("cycles":5},{"reason":"48","name":"EPT_VIOLATION","exits":100,"cycles":7}]})";
const std::string work =
    R"({"exitstat":1,"name":"work","counters":"exitscope","isa":"vmx","paging":"two-dimensional","scope":"vcpu",)"
    R"("since_creation":false,"total":33,"reasons":[{"reason":"10","name":"CPUID","exits":33,"cycles":9}]})";

std::string replaced(std::string text, std::string_view what, std::string_view by) {
    return text.replace(text.find(what), what.size(), by);
}

class PhasesTest : public testing::Test {
protected:
    ~PhasesTest() override { std::filesystem::remove(file_); }

    report::Report read(const std::string& console, bool has_end = true,
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
        return result::make_result(read(console),
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
    EXPECT_EQ(damage_of(replaced(work, "\"exitstat\":1", "\"exitstat\":2") + "\n" + end),
              "console line 1.exitstat: this exitscope reads version 1, the line is version 2");
    EXPECT_NE(damage_of(replaced(work, "\"10\"", "\"35\"") + "\n" + end)
                  .find("the manual defines no such exit reason of vmx"),
              std::string::npos);
}

TEST_F(PhasesTest, EveryPrefixOfTheConsoleIsNoPass) {
    const auto console = "text\n" + boot + "\r\n" + work + "\r\nexitscope: the work is done";
    for (std::size_t size = 0; size < console.size(); ++size)
        EXPECT_NE(result_of(console.substr(0, size), "ept=1").verdict, model::Verdict::pass) << size;
    EXPECT_EQ(result_of(console, "ept=1").verdict, model::Verdict::pass);
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
