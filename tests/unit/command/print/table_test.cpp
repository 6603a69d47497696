// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "print/table.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "golden.h"

namespace exitscope::command::print {
namespace {

std::vector<result::Result> golden_results(std::initializer_list<std::string_view> names) {
    std::vector<result::Result> results;
    for (const auto name : names)
        results.push_back(golden_result(name));
    return results;
}

std::size_t widest_line(std::string_view text) {
    std::size_t widest = 0;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        widest = std::max(widest, end);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return widest;
}

TEST(TableTest, FourSettingsFitIntoOneHundredAndTenColumns) {
    const auto text = table_text(make_table(golden_results({"ept=1", "ept=0", "npt=1", "npt=0"})), false);
    EXPECT_LE(widest_line(text), 110U);
}

TEST(TableTest, TwoSettingsFitIntoEightyColumns) {
    EXPECT_LE(widest_line(table_text(make_table(golden_results({"ept=1", "ept=0"})), false)), 80U);
}

TEST(TableTest, EveryVerdictHasItsCell) {
    auto results = golden_results({"ept=1", "ept=0"});
    auto& workloads = results[1].workloads;
    workloads.resize(3);
    workloads[0].verdict = model::Verdict::fail;
    workloads[0].exits[10] = 18446744073709551615U;
    workloads[1] = {.name = "empty", .group = "canary", .verdict = model::Verdict::skip, .message = "why"};
    results[0].workloads.resize(2);
    results[1].verdict = model::Verdict::fail;
    results[1].problems = {{model::Verdict::fail, "cpuid: CPUID: expected 100, found 18446744073709551615"},
                           {model::Verdict::skip, "empty: why"}};
    EXPECT_EQ(table_text(make_table(results), false),
              "VM exits of 100 iterations of each workload (or as many as it says), exact\n"
              "\n"
              "workload    ept=1       ept=0\n"
              "---------   ---------   -----------------------------------\n"
              "canary:\n"
              "  cpuid     100 CPUID   18446744073709551615 CPUID\n"
              "                        FAIL\n"
              "  empty       0         SKIP\n"
              "port:\n"
              "  port_in   -                            100 IO_INSTRUCTION\n"
              "---------   ---------   -----------------------------------\n"
              "verdict     PASS        FAIL\n"
              "\n"
              "FAIL ept=0: cpuid: CPUID: expected 100, found 18446744073709551615\n"
              "SKIP ept=0: empty: why\n"
              "noise, not judged: none\n");
}

TEST(TableTest, ColourTouchesVerdictsOnlyAndKeepsTheWidth) {
    const auto table = make_table(golden_results({"ept=1"}));
    auto text = table_text(table, true);
    for (auto place = text.find('\x1b'); place != std::string::npos; place = text.find('\x1b'))
        text.erase(place, text.find('m', place) + 1 - place);
    EXPECT_EQ(text, table_text(table, false));
    EXPECT_NE(table_text(table, true), table_text(table, false));
}

TEST(TableTest, OtherIterationsAreNamedBySetting) {
    auto results = golden_results({"ept=1", "npt=1"});
    results[1].run->iterations = 7;
    EXPECT_EQ(make_table(results).heading,
              "VM exits of each workload, exact, by iterations: 100 in ept=1, 7 in npt=1");
}

TEST(TableTest, FewerIterationsStandBesideTheName) {
    auto results = golden_results({"ept=1", "ept=0"});
    results[0].workloads[8].iterations = 20;
    const auto text = table_text(make_table(results), false);
    EXPECT_NE(text.find("\n  hlt (20) "), std::string::npos) << text;
}

TEST(TableTest, GroupsStayTogetherWhereRunsDiffer) {
    auto results = golden_results({"ept=1", "ept=0"});
    results[0].workloads.erase(results[0].workloads.begin());
    const auto rows = make_table(results).rows;
    EXPECT_EQ(rows.at(0).name, "empty");
    EXPECT_EQ(rows.at(1).name, "cpuid");
    EXPECT_EQ(rows.at(1).group, "canary");
}

TEST(TableTest, ProblemsThatSettingsShareAreToldOnce) {
    auto results = golden_results({"ept=1", "ept=0"});
    for (auto& result : results)
        result.problems = {{model::Verdict::skip, "rdpru: no RDPRU"}};
    results[1].problems.push_back({model::Verdict::fail, "x"});
    EXPECT_EQ(make_table(results).problems,
              (std::vector<evidence::Problem>{{model::Verdict::fail, "ept=0: x"},
                                              {model::Verdict::skip, "ept=1, ept=0: rdpru: no RDPRU"}}));
}

TEST(TableTest, CountsOfAllVcpusAreMarked) {
    const auto table = make_table(golden_results({"ept=1"}));
    EXPECT_EQ(table.rows.at(14).cells.at(0), (Cell{{100, "MSR_WRITE", model::Verdict::pass},
                                                   {100, "HLT (VM)", model::Verdict::pass},
                                                   {200, "MSR_WRITE (VM)", model::Verdict::pass}}));
}

TEST(TableTest, TerminalWorkloadHasItsRowAndItsNote) {
    auto results = golden_results({"ept=1", "ept=0"});
    results[0].terminal = results[1].terminal = report::Terminal{"triple_fault", {{2, 1}}};
    results[1].terminal_traced = evidence::Counts{{2, 1}};
    const auto table = make_table(results);
    EXPECT_EQ(table.rows.back().name, "triple_fault");
    EXPECT_EQ(table.rows.back().cells.at(1), (Cell{{1, "TRIPLE_FAULT", model::Verdict::pass}}));
    EXPECT_EQ(table.notes, std::vector<std::string>{"ept=1: triple_fault is judged by QEMU's status alone"});
    EXPECT_NE(table_text(table, false).find("by QEMU's status alone\n"), std::string::npos);
}

TEST(TableTest, TicksOfRealTimeCarryNoWarning) {
    auto result = golden_result("npt=1");
    result.host->emulator.clear();
    const auto text = cycles_text(result);
    EXPECT_EQ(text.find("npt=1: TSC ticks of a real CPU\n"), 0U);
    // 100 exits took (1500 + 200000) ticks together with the one of the reading: 1995 each.
    EXPECT_NE(text.find("\ncpuid                              60           70          900             70    "
                        "     1995        -1925\n"),
              std::string::npos)
        << text;
    EXPECT_NE(text.find("\nempty                              60           70          900              -    "
                        "        -            -\n"),
              std::string::npos);
    result.host.reset();
    EXPECT_EQ(cycles_text(result).find("npt=1: nobody says whether time is real or emulated\n"), 0U);
}

TEST(TableTest, NoiseIsSummedApart) {
    EXPECT_EQ(make_table(golden_results({"ept=1"})).noise, "noise, not judged: INTERRUPT_WINDOW 7");
    EXPECT_EQ(make_table(golden_results({"ept=1", "npt=0"})).noise,
              "noise, not judged: INTERRUPT_WINDOW 7 (ept=1), VINTR 7 (npt=0)");
}

TEST(TableTest, RunWithoutReportHasItsColumn) {
    auto results = golden_results({"ept=1"});
    results.push_back({.setting = "ept=0",
                       .verdict = model::Verdict::crash,
                       .problems = {{model::Verdict::crash, "time-out"}}});
    const auto text = table_text(make_table(results), false);
    EXPECT_NE(text.find("verdict               PASS"), std::string::npos) << text;
    EXPECT_NE(text.find("CRASH ept=0: time-out\n"), std::string::npos);
}

}  // namespace
}  // namespace exitscope::command::print
