// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// Reports whose check sums are right, but which contradict themselves.

#include "report/report_check.h"

#include <gtest/gtest.h>

#include "golden.h"
#include "log_writer.h"
#include "report/report_parser.h"

namespace exitscope::command::report {
namespace {

using Texts = std::vector<std::string>;

Texts damage_of(std::string_view from, std::string_view to) {
    const auto log = changed(golden_log("ept=1"), from, to);
    EXPECT_EQ(verdict_of_log(log), model::Verdict::error) << from;
    return parse_report(log).damage;
}

TEST(ReportCheckTest, PlanThatDoesNotFitIsNamed) {
    EXPECT_EQ(damage_of("\n1..15\n", "\n1..14\n"),
              Texts{"the plan is '1..14', the run record speaks of 15 workloads"});
    EXPECT_EQ(damage_of("workloads=15", "workloads=16"),
              (Texts{"the plan is '1..15', the run record speaks of 16 workloads",
                     "15 result lines where the plan has 16"}));
}

TEST(ReportCheckTest, ResultLineThatContradictsItsRecordIsNamed) {
    EXPECT_EQ(damage_of("\nok 2 empty\n", "\nnot ok 2 empty\n"),
              Texts{"report line 8: the result line says 'not ok 2 empty', the record says 'ok 2 empty'"});
    EXPECT_EQ(damage_of("\nok 2 empty\n", "\nok 3 empty\n"),
              Texts{"report line 8: the result line says 'ok 3 empty', the record says 'ok 2 empty'"});
}

TEST(ReportCheckTest, ReasonsThatDoNotAddUpAreNamed) {
    EXPECT_EQ(damage_of("total=300 exits.12=100", "total=299 exits.12=100"),
              Texts{"hlt: the reasons add up to 300 exits, the total says 299"});
    EXPECT_EQ(damage_of("total=308 reads=1 noise.7=7", "total=308 reads=1 noise.7=6"),
              Texts{"hlt: exits, noise and reads add up to 307, the window's total says 308"});
    EXPECT_EQ(damage_of("total=56857 ", "total=56858 "),
              Texts{"final: the reasons add up to 56857 exits, the total says 56858"});
    EXPECT_EQ(damage_of("total=56857 exits.10=4711", "total=56857 exits.10=18446744073709551615"),
              Texts{"final: the reasons add up to more than 64 bits hold exits, the total says 56857"});
}

TEST(ReportCheckTest, VerdictThatContradictsTheCountsIsNamed) {
    EXPECT_EQ(damage_of(" expected.12=100", " expected.12=101"),
              (Texts{"hlt: the verdict is PASS, but the exits are not what was expected",
                     "hlt: once and 100 times each is not what is expected: HLT: expected 100, found 101"}));
    auto log = changed(golden_log("ept=1"), "name=hlt group=interrupt verdict=PASS",
                       "name=hlt group=interrupt verdict=FAIL");
    log = changed(log, " expected.12=100 expected.32=200", " expected.12=100 expected.32=200 message=\"m\"");
    log = changed(changed(log, "\nok 9 hlt", "\nnot ok 9 hlt"), "verdict=PASS crc", "verdict=FAIL crc");
    EXPECT_EQ(parse_report(log).damage,
              Texts{"hlt: the verdict is FAIL, but the exits are what was expected"});
}

TEST(ReportCheckTest, EndThatContradictsTheRecordsIsNamed) {
    const auto log = changed(golden_log("ept=1"), "records=33 verdict=PASS", "records=33 verdict=FAIL");
    EXPECT_EQ(parse_report(log).damage, Texts{"the end says FAIL, the records add up to PASS"});
    EXPECT_EQ(verdict_of_log(log), model::Verdict::error);
    const auto short_log = changed(golden_log("ept=1"), "records=33 verdict=PASS", "records=32 verdict=PASS");
    EXPECT_EQ(parse_report(short_log).damage,
              Texts{"report line 50: the end speaks of 32 records and is number 33"});
}

TEST(ReportCheckTest, IterationsMayBeFewerThanTheRunsNeverMore) {
    const std::string_view all = "name=hlt group=interrupt verdict=PASS iterations=100";
    EXPECT_EQ(damage_of(all, "name=hlt group=interrupt verdict=PASS iterations=101").at(1),
              "hlt: 101 iterations, the run has 100");
    EXPECT_EQ(damage_of(all, "name=hlt group=interrupt verdict=PASS iterations=0").at(1),
              "hlt: 0 iterations, the run has 100");
    const auto log = changed(golden_log("ept=1"), "name=empty group=canary verdict=PASS iterations=100",
                             "name=empty group=canary verdict=PASS iterations=20");
    EXPECT_EQ(parse_report(log).damage, Texts{});
}

TEST(ReportCheckTest, PriceHasToFitBothWindows) {
    EXPECT_EQ(damage_of("each=12*1,", "each=12*2,"),
              (Texts{"hlt: the verdict is PASS, but the exits are not what was expected",
                     "hlt: once and 100 times each is not what is expected: HLT: expected 200, found 100"}));
    EXPECT_EQ(damage_of("doubled.12=200 doubled.32=400", "doubled.12=201 doubled.32=399"),
              Texts{"hlt: the verdict is PASS, but the exits are not what was expected"});
    EXPECT_EQ(damage_of("each=12*1,", "each=12*18446744073709551615,").at(1),
              "hlt: its price is more than 64 bits hold");
}

TEST(ReportCheckTest, WindowOfTwiceTheIterationsIsChecked) {
    EXPECT_EQ(
        damage_of("doubled_total=608", "doubled_total=609"),
        Texts{"hlt: with twice the iterations exits, noise and reads add up to 608, the total says 609"});
    EXPECT_EQ(damage_of("doubled_noise.7=7", "doubled_noise.30=7"), Texts{"hlt: IO_INSTRUCTION is no noise"});
    EXPECT_EQ(damage_of(" doubled_total=608 doubled_noise.7=7", ""),
              (Texts{"hlt: PASS without the window of twice the iterations",
                     "hlt: counts of twice the iterations without their total"}));
}

TEST(ReportCheckTest, TicksOutOfOrderAreNamed) {
    EXPECT_EQ(damage_of("guest_median=70 guest_max=900 doubled_total=608",
                        "guest_median=59 guest_max=900 doubled_total=608"),
              Texts{"hlt: the ticks that the guest saw are out of order: 60, 59, 900"});
    EXPECT_EQ(damage_of("guest_median=70 guest_max=900 doubled_total=608",
                        "guest_median=70 guest_max=69 doubled_total=608"),
              Texts{"hlt: the ticks that the guest saw are out of order: 60, 70, 69"});
}

TEST(ReportCheckTest, CountsOfAllVcpusHaveToBeWhatWasExpected) {
    EXPECT_EQ(damage_of("vm_exits.12=100", "vm_exits.12=99"),
              Texts{"ipi: the verdict is PASS, but the exits are not what was expected"});
    EXPECT_EQ(damage_of("vm_expected.12=100 vm_expected.32=200", "vm_expected.12=100"),
              Texts{"ipi: the verdict is PASS, but the exits are not what was expected"});
}

TEST(ReportCheckTest, NothingButTheEndFollowsATerminalWorkload) {
    auto log = LogWriter{};
    log.begin("vmx", "two-dimensional", 1).exact("record=terminal workload=triple_fault expected.2=1");
    log.empty(1).vary("record=final total=0").end("PASS");
    EXPECT_EQ(
        parse_report(log.log()).damage.at(0),
        "report line 6: a record after the terminal one, which only the last reading and the end may follow");
}

TEST(ReportCheckTest, NoiseIsOnlyWhatIsOnTheList) {
    EXPECT_EQ(damage_of(" noise.7=7", " noise.30=7"), Texts{"hlt: IO_INSTRUCTION is no noise"});
}

TEST(ReportCheckTest, OtherReportVersionIsAllThatIsSaid) {
    for (const auto* version : {"1", "3"}) {
        const auto log = changed(golden_log("ept=1"), "report=2 ", fmt::format("report={} ", version));
        EXPECT_EQ(parse_report(log).damage,
                  Texts{fmt::format(
                      "the report is of version {}, this exitscope reads version 2; measure anew with "
                      "the guest kernel that was built with this exitscope",
                      version)});
        EXPECT_EQ(verdict_of_log(log), model::Verdict::error);
    }
}

TEST(ReportCheckTest, GapIsToldOnce) {
    auto log = golden_log("ept=1");
    const auto start = log.find("# vary 9 ");
    log.erase(start, log.find('\n', start) + 1 - start);
    EXPECT_EQ(parse_report(log).damage,
              (Texts{"report line 16: record 10 where 9 should be: records are missing",
                     "port_out: the record of its window is missing"}));
}

TEST(ReportCheckTest, ReportWithoutWorkloadsNeedsAReason) {
    const auto silent = parse_report(LogWriter{}.begin("vmx", "shadow", 0).end("SKIP").log());
    EXPECT_EQ(silent.damage, Texts{"no workload was reported, and no reason given"});
    auto log = LogWriter{};
    log.begin("vmx", "shadow", 15).exact("record=error message=\"the canary\"").end("ERROR");
    EXPECT_EQ(parse_report(log.log()).damage, Texts{});
}

}  // namespace
}  // namespace exitscope::command::report
