// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "report/report_parser.h"

#include <gtest/gtest.h>

#include "golden.h"
#include "log_writer.h"

namespace exitscope::command::report {
namespace {

TEST(ReportParserTest, GoldenLogIsReadWhole) {
    const auto report = parse_report(golden_log("npt=0"));
    EXPECT_EQ(report.damage, std::vector<std::string>{});
    EXPECT_EQ(report.run->counters, "exitscope");
    EXPECT_EQ(report.run->isa, model::InstructionSet::svm);
    EXPECT_EQ(report.run->paging, model::Paging::shadow);
    EXPECT_EQ(report.run->iterations, 100U);
    ASSERT_EQ(report.workloads.size(), 15U);
    const auto& hlt = report.workloads[8];
    EXPECT_EQ(hlt.name, "hlt");
    EXPECT_EQ(hlt.total, 300U);
    EXPECT_EQ(hlt.exits, (evidence::Counts{{0x78, 100}, {0x7c, 200}}));
    EXPECT_EQ(hlt.expected, hlt.exits);
    EXPECT_EQ(hlt.window->total, 308U);
    EXPECT_EQ(hlt.window->reads, 1U);
    EXPECT_EQ(hlt.window->noise, (evidence::Counts{{0x64, 7}}));
    EXPECT_EQ(hlt.window->cycles, (evidence::Counts{{0x72, 1500}, {0x78, 200'000}, {0x7c, 400'000}}));
    EXPECT_EQ(hlt.group, "interrupt");
    EXPECT_EQ(hlt.doubled, (evidence::Counts{{0x78, 200}, {0x7c, 400}}));
    EXPECT_EQ(hlt.each,
              (evidence::ReportedCosts{{0x78, 1, ""}, {0x7c, 1, "msr:0x838"}, {0x7c, 1, "msr:0x80b"}}));
    EXPECT_EQ(hlt.window->guest_ticks, (GuestTicks{60, 70, 900}));
    EXPECT_EQ(hlt.window->doubled_total, 608U);
    EXPECT_EQ(hlt.window->doubled_noise, (evidence::Counts{{0x64, 7}}));
    EXPECT_EQ(report.workloads[12].once, (evidence::ReportedCosts{{0x4e, 1, ""}}));
    EXPECT_EQ(report.workloads[14].vm_exits, (evidence::Counts{{0x78, 100}, {0x7c, 200}}));
    EXPECT_EQ(report.workloads[14].vm_expected, report.workloads[14].vm_exits);
    EXPECT_EQ(report.run->vcpus, std::nullopt);
    EXPECT_EQ(report.final_reading->exits, (evidence::Counts{{0x4e, 912}, {0x72, 4711}, {0x7b, 51234}}));
    EXPECT_EQ(report.final_reading->after, (evidence::Counts{{0x72, 81}, {0x7b, 337}}));
    EXPECT_EQ(report.end_verdict, model::Verdict::pass);
}

TEST(ReportParserTest, TerminalRecordIsRead) {
    const auto report = parse_report(terminal_log("ept=0"));
    EXPECT_EQ(report.damage, std::vector<std::string>{});
    EXPECT_EQ(report.terminal, (Terminal{"triple_fault", {{2, 1}}}));
}

TEST(ReportParserTest, ListSaysWhatTheWorkloadsAre) {
    const auto report = parse_report(recorded_log("list"));
    ASSERT_FALSE(report.descriptions.empty());
    EXPECT_EQ(report.descriptions.size(), report.workloads.size());
    const auto& cpuid = report.descriptions.at(0);
    EXPECT_EQ(cpuid.name, "cpuid");
    EXPECT_EQ(cpuid.group, "canary");
    EXPECT_FALSE(cpuid.summary.empty() || cpuid.why.empty() || cpuid.source.empty());
}

TEST(ReportParserTest, NumberOfVcpusIsReadWhereItIsTold) {
    const auto log = changed(golden_log("ept=1"), " slots=80", " slots=80 vcpus=2");
    EXPECT_EQ(parse_report(log).run->vcpus, 2U);
}

TEST(ReportParserTest, HostsPagesAreReadWhereTheyAreTold) {
    EXPECT_EQ(parse_report(golden_log("ept=1")).run->backing, "");
    const auto log = changed(golden_log("ept=1"), " slots=80", " slots=80 backing=larger");
    EXPECT_EQ(parse_report(log).run->backing, "larger");
    EXPECT_NE(result::write_result(result::make_result(parse_report(log), golden_circumstances("ept=1")))
                  .find("\"backing\": \"larger\""),
              std::string::npos);
}

TEST(ReportParserTest, CarriageReturnsChangeNothing) {
    std::string with_returns;
    for (const char byte : golden_log("ept=1"))
        with_returns += byte == '\n' ? std::string{"\r\n"} : std::string{byte};
    EXPECT_EQ(parse_report(with_returns).damage, std::vector<std::string>{});
    EXPECT_EQ(verdict_of_log(with_returns), model::Verdict::pass);
}

TEST(ReportParserTest, CommentsAndEmptyLinesAreForPeople) {
    auto log = LogWriter{}.begin("vmx", "shadow", 0).line("# hello").line("").line("# fault #PF at 0x10");
    log.exact("record=error message=\"a fault\"").end("ERROR");
    const auto report = parse_report(log.log());
    EXPECT_EQ(report.damage, std::vector<std::string>{});
    EXPECT_EQ(report.errors, std::vector<std::string>{"a fault"});
    EXPECT_EQ(report.faults, std::vector<std::string>{"'fault #PF at 0x10'"});
}

TEST(ReportParserTest, TheWorkloadThatWasBegunAndNotReportedIsKnown) {
    auto log = LogWriter{}.begin("vmx", "shadow", 2).line("# measuring cpuid").line("ok 1 cpuid # SKIP no");
    log.exact("record=workload name=cpuid verdict=SKIP iterations=100 total=0 message=\"no\"");
    EXPECT_EQ(parse_report(log.log()).measuring, "");
    EXPECT_EQ(parse_report(log.line("# measuring hlt").log()).measuring, "'hlt'");
}

TEST(ReportParserTest, KeysThatLaterGuestsAddAreNoDamage) {
    const auto log = changed(golden_log("ept=1"), " slots=80", " slots=80 backing=4k exits_per_eoi=1");
    EXPECT_EQ(parse_report(log).damage, std::vector<std::string>{});
}

/// Found by fuzzing: the counts of VMX under the name of SVM made a result file that could not be read.
TEST(ReportParserTest, ASecondRunRecordIsDamageAndChangesNothing) {
    auto log = golden_log("npt=0");
    const auto start = log.find("# exact 1 record=run");
    const auto line = log.substr(start, log.find('\n', start) + 1 - start);
    log += changed(line, "isa=svm", "isa=vmx");
    const auto report = parse_report(log);
    EXPECT_EQ(report.run->isa, model::InstructionSet::svm);
    EXPECT_FALSE(report.damage.empty());
    const auto result = result::make_result(report, golden_circumstances("npt=0"));
    EXPECT_EQ(result::read_result(result::write_result(result), "npt=0.json"), result);
}

TEST(ReportParserTest, NothingAtAllIsDamage) {
    for (const auto* log : {"", "\n", "SeaBIOS\r\nBooting\r\n", "KTAP version 1", "KTAP version 1\n"}) {
        const auto report = parse_report(log);
        EXPECT_FALSE(report.damage.empty()) << log;
        EXPECT_FALSE(report.end_verdict.has_value());
    }
}

TEST(ReportParserTest, LargestCountsAreKept) {
    auto log = LogWriter{};
    log.begin("vmx", "shadow", 1)
        .line("ok 1 most")
        .exact(
            "record=workload name=most verdict=PASS iterations=100 total=18446744073709551614 "
            "exits.10=18446744073709551614 expected.10=18446744073709551614 doubled.10=18446744073709551614 "
            "once=10*18446744073709551614")
        .vary(
            "record=workload name=most total=18446744073709551615 reads=1 guest_min=0 guest_median=0 "
            "guest_max=18446744073709551615 doubled_total=18446744073709551615")
        .vary("record=final total=18446744073709551615 exits.10=18446744073709551615")
        .end("PASS");
    const auto report = parse_report(log.log());
    EXPECT_EQ(report.damage, std::vector<std::string>{});
    EXPECT_EQ(report.workloads.at(0).exits, (evidence::Counts{{10, UINT64_MAX - 1}}));
}

TEST(ReportParserTest, CourseworkCountersSumModulo32Bits) {
    const auto report = [](std::string_view counters) {
        auto log = LogWriter{};
        log.line("KTAP version 1").line("1..1");
        log.exact(
            fmt::format("record=run report=2 counters={} abi=0 isa=vmx paging=shadow features=none slots=0 "
                        "iterations=100 workloads=1",
                        counters));
        log.empty(1);
        return parse_report(
            log.vary("record=final total=4 exits.10=4294967295 exits.30=5").end("PASS").log());
    };
    EXPECT_EQ(report("layout-a").damage, std::vector<std::string>{});
    EXPECT_EQ(report("exitscope").damage,
              std::vector<std::string>{"final: the reasons add up to 4294967300 exits, the total says 4"});
}

}  // namespace
}  // namespace exitscope::command::report
