// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "result/judge.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "evidence/qemu_status.h"
#include "golden.h"
#include "log_writer.h"
#include "report/report_parser.h"
#include "result/host_log.h"
#include "text/file.h"

namespace exitscope::command::result {
namespace {

using Problems = std::vector<evidence::Problem>;

Judgement judge_golden(int status) {
    auto circumstances = golden_circumstances("ept=1");
    circumstances.qemu_status = status;
    return judge(report::parse_report(golden_log("ept=1")), circumstances);
}

/// A log in which one workload comes out wrong and one is skipped.
std::string failing_log() {
    return LogWriter{}
        .begin("vmx", "two-dimensional", 2)
        .line("not ok 1 hlt")
        .exact(
            "record=workload name=hlt verdict=FAIL iterations=100 total=299 exits.12=99 exits.32=200 "
            "expected.12=100 expected.32=200 each=12*1,32*2 message=\"reason 12: expected 100, found 99\"")
        .vary("record=workload name=hlt total=304 reads=1 noise.1=4 guest_min=1 guest_median=2 guest_max=3")
        .line("ok 2 page # SKIP large pages")
        .exact("record=workload name=page verdict=SKIP iterations=100 total=0 message=\"large pages\"")
        .vary("record=final total=300 exits.12=100 exits.32=200")
        .end("FAIL")
        .log();
}

TEST(JudgeTest, EverythingRightIsPassWithoutProblems) {
    for (const auto& setting : evidence::settings) {
        const auto [verdict, problems] =
            judge(report::parse_report(golden_log(setting.name)), golden_circumstances(setting.name));
        EXPECT_EQ(verdict, model::Verdict::pass);
        EXPECT_EQ(problems, Problems{});
    }
}

TEST(JudgeTest, WrongCountIsFailAndWhatWasSkippedIsTold) {
    auto circumstances = golden_circumstances("ept=1");
    circumstances.qemu_status = 35;
    const auto [verdict, problems] = judge(report::parse_report(failing_log()), circumstances);
    EXPECT_EQ(verdict, model::Verdict::fail);
    EXPECT_EQ(problems, (Problems{{model::Verdict::fail, "hlt: HLT: expected 100, found 99"},
                                  {model::Verdict::skip, "page: large pages"}}));
}

TEST(JudgeTest, StatusThatContradictsTheReportIsError) {
    const auto [verdict, problems] = judge_golden(35);
    EXPECT_EQ(verdict, model::Verdict::error);
    EXPECT_EQ(
        problems,
        (Problems{{model::Verdict::error, "QEMU's exit status 35 means FAIL, the report's end says PASS"}}));
}

TEST(JudgeTest, AnyOtherStatusIsCrash) {
    for (const int status : {-1, 0, 1, 2, 32, 34, 36, 38, 40, 41, 124, 134, 137, 255, 256}) {
        EXPECT_EQ(judge_golden(status).verdict, model::Verdict::crash) << status;
        EXPECT_EQ(judge_golden(status).problems.size(), 1U) << status;
    }
    EXPECT_EQ(judge_golden(124).problems.at(0).message,
              "time-out: QEMU was stopped before the guest had finished (status 124)");
    EXPECT_EQ(evidence::describe_qemu_status(137), "QEMU was killed by signal 9 (status 137)");
}

TEST(JudgeTest, GoodStatusWithoutEndIsCrash) {
    auto log = golden_log("ept=1");
    log.erase(log.find("# exact 33 "));
    const auto judgement = judge(report::parse_report(log), golden_circumstances("ept=1"));
    EXPECT_EQ(judgement.verdict, model::Verdict::crash);
    EXPECT_EQ(judgement.problems.at(0).message,
              "the report has no end record: the guest stopped or the log was cut before it");
}

TEST(JudgeTest, AGuestThatHangsIsCrashThatNamesTheWorkload) {
    auto circumstances = golden_circumstances("ept=1");
    circumstances.qemu_status = 124;
    auto log = LogWriter{}.begin("vmx", "two-dimensional", 1).line("# measuring hlt_timer");
    const auto [verdict, problems] = judge(report::parse_report(log.log()), circumstances);
    EXPECT_EQ(verdict, model::Verdict::crash);
    EXPECT_NE(std::ranges::find(
                  problems, evidence::Problem{model::Verdict::crash, "the guest was measuring 'hlt_timer'"}),
              problems.end());
}

TEST(JudgeTest, EveryWrongLabelIsError) {
    for (const auto& ran : evidence::settings) {
        for (const auto& asked : evidence::settings) {
            auto circumstances = golden_circumstances(ran.name);
            circumstances.asked = asked;
            circumstances.host->setting_requested = asked.name;
            const auto verdict = judge(report::parse_report(golden_log(ran.name)), circumstances).verdict;
            EXPECT_EQ(verdict, ran.name == asked.name ? model::Verdict::pass : model::Verdict::error)
                << ran.name << asked.name;
        }
    }
}

TEST(JudgeTest, EvidenceOfAnotherRunIsError) {
    auto circumstances = golden_circumstances("ept=1");
    circumstances.host->setting_requested = "ept=0";
    const auto [verdict, problems] = judge(report::parse_report(golden_log("ept=1")), circumstances);
    EXPECT_EQ(verdict, model::Verdict::error);
    EXPECT_EQ(problems.at(0).message,
              "asked for ept=1, but the host's evidence is of a run that was asked for ept=0");
}

TEST(JudgeTest, CountersThatNameThePagingNeedNoHost) {
    auto circumstances = golden_circumstances("npt=0");
    circumstances.host.reset();
    EXPECT_EQ(judge(report::parse_report(golden_log("npt=0")), circumstances).verdict, model::Verdict::pass);
    const auto log = changed(golden_log("npt=0"), "paging=shadow", "paging=unknown");
    EXPECT_EQ(judge(report::parse_report(log), circumstances).verdict, model::Verdict::pass)
        << "the counts show it";
}

TEST(JudgeTest, PagingThatNobodyNamesIsError) {
    auto circumstances = golden_circumstances("ept=1");
    const auto report = report::parse_report(
        LogWriter{}.begin("vmx", "unknown", 1).empty(1).vary("record=final total=0").end("PASS").log());
    EXPECT_EQ(judge(report, circumstances).verdict, model::Verdict::pass);
    circumstances.host.reset();
    EXPECT_EQ(judge(report, circumstances).verdict, model::Verdict::error);
}

/// What is wrong with a run that a triple fault ended; the verdict stands first.
std::string judge_terminal(int status, std::optional<evidence::Witness> tracepoint) {
    auto circumstances = golden_circumstances("npt=1");
    circumstances.qemu_status = status;
    circumstances.tracepoint = std::move(tracepoint);
    const auto [verdict, problems] = judge(report::parse_report(terminal_log("npt=1")), circumstances);
    auto text = std::string{name_of(verdict)};
    for (const auto& problem : problems)
        text += "; " + problem.message;
    return text;
}

TEST(JudgeTest, TerminalWorkloadEndsQemuAndIsSeenOnce) {
    const auto svm = model::InstructionSet::svm;
    EXPECT_EQ(judge_terminal(0, std::nullopt), "PASS");
    EXPECT_EQ(judge_terminal(0, evidence::Witness{"the tracepoint kvm_exit", svm, {{0x7f, 1}, {0x72, 5}}}),
              "PASS");
    EXPECT_EQ(judge_terminal(0, evidence::Witness{"the tracepoint kvm_exit", svm, {{0x72, 5}}}),
              "FAIL; triple_fault: SHUTDOWN: expected 1, the tracepoint kvm_exit saw 0");
    EXPECT_EQ(
        judge_terminal(0, evidence::Witness{"the tracepoint kvm_exit", model::InstructionSet::vmx, {{2, 1}}}),
        "ERROR; the report is of svm, the tracepoint kvm_exit of vmx; they are of different runs");
}

TEST(JudgeTest, TerminalWorkloadThatDoesNotEndTheMachineIsNeverPass) {
    EXPECT_EQ(judge_terminal(33, std::nullopt),
              "FAIL; triple_fault: it has to end QEMU with status 0, the guest went on and ended it with "
              "status 33");
    for (const int status : {1, 2, 124, 134, 137})
        EXPECT_EQ(judge_terminal(status, std::nullopt).find("CRASH; "), 0U) << status;
}

TEST(JudgeTest, StatusZeroBeforeTheEndIsCrash) {
    auto log = terminal_log("npt=1");
    log.erase(log.find(" record=end") - std::string_view{"# exact 34"}.size());
    auto circumstances = golden_circumstances("npt=1");
    circumstances.qemu_status = 0;
    EXPECT_EQ(judge(report::parse_report(log), circumstances).verdict, model::Verdict::crash);
}

TEST(JudgeTest, ListOfWorkloadsIsSkip) {
    auto circumstances = golden_circumstances("ept=1");
    circumstances.qemu_status = 39;
    auto log = LogWriter{};
    log.line("KTAP version 1").line("1..1");
    log.exact(
        "record=run report=2 counters=none abi=0 isa=unknown paging=unknown features=none slots=0 "
        "iterations=100 workloads=1");
    log.line("ok 1 hlt # SKIP HLT of some kind");
    log.exact("record=workload name=hlt verdict=SKIP iterations=0 total=0 message=\"HLT of some kind\"")
        .end("SKIP");
    const auto judgement = judge(report::parse_report(log.log()), circumstances);
    EXPECT_EQ(judgement.verdict, model::Verdict::skip);
    EXPECT_EQ(judgement.problems, (Problems{{model::Verdict::skip, "hlt: HLT of some kind"}}));
}

TEST(JudgeTest, ErrorOfTheGuestIsToldInItsWords) {
    auto circumstances = golden_circumstances("ept=1");
    circumstances.qemu_status = 37;
    auto log = LogWriter{};
    log.line("KTAP version 1").line("1..0");
    log.exact(
        "record=run report=2 counters=none abi=0 isa=unknown paging=unknown features=none slots=0 "
        "iterations=100 workloads=0");
    const auto report =
        report::parse_report(log.exact("record=error message=\"no exit counters\"").end("ERROR").log());
    const auto [verdict, problems] = judge(report, circumstances);
    EXPECT_EQ(verdict, model::Verdict::error);
    EXPECT_EQ(problems, (Problems{{model::Verdict::error, "the guest says: no exit counters"}}));
}

std::vector<std::string> complaints_in(std::string_view log) {
    const auto file = std::filesystem::path{testing::TempDir()} / ("judge-test-" + std::to_string(getpid()));
    text::write_file(file, log);
    auto complaints = kernel_complaints(file);
    std::filesystem::remove(file);
    return complaints;
}

TEST(JudgeTest, WarningOfTheHostsKvmIsError) {
    auto circumstances = golden_circumstances("ept=1");
    circumstances.complaints = complaints_in("[1] WARNING: CPU: 0 PID: 1 at arch/x86/mm/x.c:1\n");
    EXPECT_EQ(judge(report::parse_report(golden_log("ept=1")), circumstances).verdict, model::Verdict::pass);
    circumstances.complaints =
        complaints_in("boot\r\n[9] WARNING: CPU: 0 PID: 77 at arch/x86/kvm/x86.c:1 [kvm]\r\n");
    const auto judgement = judge(report::parse_report(golden_log("ept=1")), circumstances);
    EXPECT_EQ(judgement.verdict, model::Verdict::error);
    EXPECT_EQ(judgement.problems.at(0).message,
              "the host's kernel says: '[9] WARNING: CPU: 0 PID: 77 at arch/x86/kvm/x86.c:1 [kvm]'");
    EXPECT_EQ(complaints_in("BUG: a\nBUG: b\nOops: c\nKernel panic d\n").size(), 3U);
}

TEST(VerdictTest, ExitCodesAreDocumentedOnes) {
    EXPECT_EQ(evidence::exit_code_of(model::Verdict::pass), 0);
    EXPECT_EQ(evidence::exit_code_of(model::Verdict::fail), 1);
    EXPECT_EQ(evidence::exit_code_of(model::Verdict::error), 2);
    EXPECT_EQ(evidence::exit_code_of(model::Verdict::crash), 3);
    EXPECT_EQ(evidence::exit_code_of(model::Verdict::skip), 77);
    for (const auto verdict : model::all_verdicts)
        EXPECT_EQ(model::parse_verdict(name_of(verdict)), verdict);
    EXPECT_EQ(model::parse_verdict("pass"), std::nullopt);
}

}  // namespace
}  // namespace exitscope::command::result
