// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// Reports whose records are sealed, but contradict each other.

#include "report_check.h"

#include <gtest/gtest.h>

#include "golden.h"
#include "log_writer.h"
#include "report_parser.h"

namespace exitscope::test {
namespace {

using Texts = std::vector<std::string>;

Texts damage_of(std::string_view from, std::string_view to) {
    const auto log = changed(golden_log("ept=1"), from, to);
    EXPECT_EQ(verdict_of_log(log), Verdict::error) << from;
    return parse_report(log).damage;
}

TEST(ReportCheckTest, PlanThatDoesNotFitIsNamed) {
    EXPECT_EQ(damage_of("\n1..14\n", "\n1..13\n"),
              Texts{"the plan is '1..13', the run record speaks of 14 workloads"});
    EXPECT_EQ(damage_of("workloads=14", "workloads=15"),
              (Texts{"the plan is '1..14', the run record speaks of 15 workloads",
                     "14 result lines where the plan has 15"}));
}

TEST(ReportCheckTest, ResultLineThatContradictsItsRecordIsNamed) {
    EXPECT_EQ(damage_of("\nok 2 empty\n", "\nnot ok 2 empty\n"),
              Texts{"report line 8: the result line says 'not ok 2 empty', the record says 'ok 2 empty'"});
    EXPECT_EQ(damage_of("\nok 2 empty\n", "\nok 3 empty\n"),
              Texts{"report line 8: the result line says 'ok 3 empty', the record says 'ok 2 empty'"});
}

TEST(ReportCheckTest, ReasonsThatDoNotAddUpAreNamed) {
    EXPECT_EQ(damage_of("total=300 exits.12=100", "total=299 exits.12=100"),
              (Texts{"hlt: the reasons add up to 300 exits, the total says 299",
                     "hlt: exits, noise and reads add up to 307, the window's total says 308"}));
    EXPECT_EQ(damage_of("total=308 reads=1 noise.7=7", "total=308 reads=1 noise.7=6"),
              Texts{"hlt: exits, noise and reads add up to 307, the window's total says 308"});
    EXPECT_EQ(damage_of("total=56857 ", "total=56858 "),
              Texts{"final: the reasons add up to 56857 exits, the total says 56858"});
    EXPECT_EQ(damage_of("total=56857 exits.10=4711", "total=56857 exits.10=18446744073709551615"),
              Texts{"final: the reasons add up to more than 64 bits hold exits, the total says 56857"});
}

TEST(ReportCheckTest, VerdictThatContradictsTheCountsIsNamed) {
    EXPECT_EQ(damage_of("expected.12=100", "expected.12=101"),
              Texts{"hlt: the verdict is PASS, but the exits are not what was expected"});
    auto log = changed(golden_log("ept=1"), "name=hlt verdict=PASS", "name=hlt verdict=FAIL");
    log = changed(log, "expected.12=100 expected.32=200", "expected.12=100 expected.32=200 message=\"m\"");
    log = changed(changed(log, "\nok 9 hlt", "\nnot ok 9 hlt"), "verdict=PASS crc", "verdict=FAIL crc");
    EXPECT_EQ(parse_report(log).damage,
              Texts{"hlt: the verdict is FAIL, but the exits are what was expected"});
}

TEST(ReportCheckTest, EndThatContradictsTheRecordsIsNamed) {
    const auto log = changed(golden_log("ept=1"), "records=31 verdict=PASS", "records=31 verdict=FAIL");
    EXPECT_EQ(parse_report(log).damage, Texts{"the end says FAIL, the records add up to PASS"});
    EXPECT_EQ(verdict_of_log(log), Verdict::error);
    const auto short_log = changed(golden_log("ept=1"), "records=31 verdict=PASS", "records=30 verdict=PASS");
    EXPECT_EQ(parse_report(short_log).damage,
              Texts{"report line 47: the end speaks of 30 records and is number 31"});
}

TEST(ReportCheckTest, OtherIterationsAreNamed) {
    EXPECT_EQ(damage_of("name=hlt verdict=PASS iterations=100", "name=hlt verdict=PASS iterations=99"),
              Texts{"hlt: 99 iterations, the run says 100"});
}

TEST(ReportCheckTest, NoiseIsOnlyWhatIsOnTheList) {
    EXPECT_EQ(damage_of("noise.7=7", "noise.30=7"), Texts{"hlt: IO_INSTRUCTION is no noise"});
}

TEST(ReportCheckTest, OtherReportVersionIsNamed) {
    const auto log = changed(golden_log("ept=1"), "report=1 ", "report=2 ");
    EXPECT_NE(parse_report(log).damage.at(0).find("report=2: this exitscope reads version 1"),
              std::string::npos);
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
    log.begin("vmx", "shadow", 14).exact("record=error message=\"the canary\"").end("ERROR");
    EXPECT_EQ(parse_report(log.log()).damage, Texts{});
}

}  // namespace
}  // namespace exitscope::test
