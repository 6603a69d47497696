// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// The command as a whole: its files and exit codes.

#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>

#include "commands/commands.h"
#include "golden.h"
#include "print/table.h"
#include "report/report_lines.h"
#include "result/result.h"
#include "text/file.h"

namespace exitscope::command::commands {
namespace {

class CommandLineTest : public testing::Test {
protected:
    CommandLineTest()
        : folder_{std::filesystem::temp_directory_path() / ("exitscope-test-" + std::to_string(getpid()))} {
        for (const auto& setting : evidence::settings) {
            text::write_file(path(setting.name, ".serial"), golden_log(setting.name));
            text::write_file(path(setting.name, ".l1"), golden_host(setting.name));
        }
    }

    ~CommandLineTest() override { std::filesystem::remove_all(folder_); }

    [[nodiscard]] std::string path(std::string_view name, std::string_view end) const {
        return (folder_ / (std::string{name} + std::string{end})).string();
    }

    [[nodiscard]] static int run(std::vector<std::string> arguments) {
        std::vector<const char*> argv{"exitscope"};
        for (const auto& argument : arguments)
            argv.push_back(argument.c_str());
        testing::internal::CaptureStdout();
        testing::internal::CaptureStderr();
        const int code = run_command_line(static_cast<int>(argv.size()), argv.data());
        out() = testing::internal::GetCapturedStdout();
        err() = testing::internal::GetCapturedStderr();
        return code;
    }

    [[nodiscard]] int judge(std::string_view setting, std::string_view ran,
                            std::string_view status = "33") const {
        return run({"result", "--setting", std::string{setting}, "--serial", path(ran, ".serial"), "--status",
                    std::string{status}, "--host", path(ran, ".l1"), "--out", (folder_ / "out").string()});
    }

    static std::string& out() {
        static std::string text;
        return text;
    }

    static std::string& err() {
        static std::string text;
        return text;
    }

    std::filesystem::path folder_;
};

TEST_F(CommandLineTest, ResultWritesBothFiles) {
    EXPECT_EQ(judge("ept=1", "ept=1"), 0);
    EXPECT_EQ(out(), "ept=1: PASS\n");
    EXPECT_EQ(text::read_file(path("out/ept=1", ".ktap")), report::find_report(golden_log("ept=1")));
    EXPECT_EQ(result::read_result(text::read_file(path("out/ept=1", ".json")), "r"), golden_result("ept=1"));
}

TEST_F(CommandLineTest, ExitCodeIsTheVerdicts) {
    EXPECT_EQ(judge("ept=0", "ept=1"), 2);
    EXPECT_NE(out().find("ept=0: ERROR\n  ERROR asked for ept=0, but"), std::string::npos) << out();
    EXPECT_EQ(judge("npt=1", "npt=1", "124"), 3);
    EXPECT_EQ(
        out(),
        "npt=1: CRASH\n  CRASH time-out: QEMU was stopped before the guest had finished (status 124)\n");
    EXPECT_EQ(judge("ept=0", "ept=0"), 0);
    EXPECT_EQ(run({"show", path("out/ept=0", ".json")}), 0);
    EXPECT_EQ(run({"show", path("out/ept=0", ".json"), path("out/npt=1", ".json")}), 3);
}

TEST_F(CommandLineTest, OnlyACrashThatMeasuredSomethingReplacesWhatWasMeasured) {
    const auto verdict_in = [this](std::string_view name) {
        return result::read_result(text::read_file(path(name, ".json")), "r").verdict;
    };
    EXPECT_EQ(judge("ept=1", "ept=1"), 0);
    text::write_file(path("ept=1", ".serial"), "");
    EXPECT_EQ(judge("ept=1", "ept=1", "137"), 3);
    EXPECT_EQ(verdict_in("out/ept=1"), model::Verdict::pass);
    EXPECT_EQ(verdict_in("out/unmeasured/ept=1"), model::Verdict::crash);
    text::write_file(path("ept=1", ".serial"), golden_log("ept=1").substr(0, golden_log("ept=1").size() / 2));
    EXPECT_EQ(judge("ept=1", "ept=1", "137"), 3);
    EXPECT_EQ(verdict_in("out/ept=1"), model::Verdict::crash);
}

TEST_F(CommandLineTest, MissingEvidenceHasToBeSaid) {
    std::vector<std::string> arguments{"result",
                                       "--setting",
                                       "ept=1",
                                       "--serial",
                                       path("ept=1", ".serial"),
                                       "--status",
                                       "33",
                                       "--out",
                                       (folder_ / "out").string()};
    EXPECT_EQ(run(arguments), 2);
    EXPECT_EQ(
        err(),
        "exitscope: no evidence of the host: give its l1.json with --host, or say --no-host-evidence\n");
    arguments.emplace_back("--no-host-evidence");
    EXPECT_EQ(run(arguments), 0);
}

TEST_F(CommandLineTest, UsageAndFileErrorsAreError) {
    EXPECT_EQ(run({}), 2);
    EXPECT_EQ(run({"nonsense"}), 2);
    EXPECT_EQ(run({"result", "--setting", "ept=2"}), 2);
    EXPECT_EQ(judge("ept=1", "ept=1", "3x"), 2);
    EXPECT_EQ(run({"show", path("none", ".json")}), 2);
    EXPECT_EQ(err(),
              "exitscope: " + path("none", ".json") +
                  ": cannot be opened: No such file or directory; check the name and who may read it\n");
    EXPECT_EQ(run({"show", folder_.string()}), 2);
    EXPECT_EQ(run({"compare", "--reports", path("ept=1", ".serial")}), 2);
    EXPECT_EQ(run({"compare", "--reports", path("ept=1", ".serial"), path("ept=1", ".l1")}), 2);
}

TEST_F(CommandLineTest, ReportsAndWitnessesAreComparedByExitCode) {
    EXPECT_EQ(run({"compare", "--reports", path("ept=1", ".serial"), path("ept=1", ".serial")}), 0);
    EXPECT_EQ(run({"compare", "--reports", path("ept=1", ".serial"), path("ept=0", ".serial")}), 1);
    EXPECT_EQ(judge("ept=1", "ept=1"), 0);
    text::write_file(path("kvm_exit", ".json"), R"({"isa":"vmx","counts":{"10":4792,"30":51571,"48":912}})");
    EXPECT_EQ(run({"compare", "--tracepoint", path("kvm_exit", ".json"), path("out/ept=1", ".json")}), 0);
    text::write_file(path("kvm_exit", ".json"), R"({"isa":"vmx","counts":{"10":4792,"30":51571,"48":911}})");
    EXPECT_EQ(run({"compare", "--tracepoint", path("kvm_exit", ".json"), path("out/ept=1", ".json")}), 1);
    EXPECT_EQ(run({"compare", "--tracepoint", path("kvm_exit", ".json"), path("out/ept=1", ".json"),
                   path("out/ept=1", ".json")}),
              2);
    text::write_file(path("query-stats", ".json"), R"({"return":[{"stats":[{"name":"exits","value":1}]}]})");
    EXPECT_EQ(run({"compare", "--statistics", path("query-stats", ".json"), path("out/ept=1", ".json")}), 2);
    EXPECT_EQ(run({"compare", "--statistics", path("query-stats", ".json"), "--tracepoint",
                   path("kvm_exit", ".json"), path("out/ept=1", ".json")}),
              2);
    EXPECT_EQ(run({"compare", "--reports", "--changed", path("ept=1", ".serial"), path("ept=1", ".serial")}),
              2);
}

TEST_F(CommandLineTest, CompareGateAndShowTellByExitCode) {
    EXPECT_EQ(judge("ept=1", "ept=1"), 0);
    EXPECT_EQ(judge("ept=0", "ept=0"), 0);
    const auto nested = path("out/ept=1", ".json");
    const auto shadow = path("out/ept=0", ".json");
    EXPECT_EQ(run({"compare", nested, nested}), 0);
    EXPECT_EQ(run({"compare", nested, shadow, "--changed", "--format", "csv"}), 1);
    EXPECT_TRUE(out().starts_with("workload,reason,ept=1,ept=0,difference,mark\n")) << out();
    EXPECT_EQ(run({"compare", nested, shadow, "--format", "junit"}), 2);
    EXPECT_EQ(run({"compare", nested}), 2);
    EXPECT_EQ(run({"compare", nested, nested, nested}), 2);
    EXPECT_EQ(err(), "FILE: two results are compared, not 3\nRun with --help for more information.\n");
    EXPECT_EQ(run({"gate", "--baseline", nested, nested}), 0);
    EXPECT_EQ(run({"gate", "--baseline", nested, shadow}), 2);
    EXPECT_EQ(run({"gate", nested}), 2);
    for (const auto* const format : {"table", "markdown", "csv", "json", "junit", "ktap", "folded"})
        EXPECT_EQ(run({"show", nested, "--format", format}), 0) << format;
    const std::vector both{golden_result("ept=1"), golden_result("ept=0")};
    EXPECT_EQ(run({"show", nested, shadow}), 0);
    EXPECT_EQ(out(), print::table_text(print::make_table(both), false));
    EXPECT_EQ(run({"show", nested, shadow, "--format", "markdown"}), 0);
    EXPECT_EQ(out(), print::table_markdown(print::make_table(both)));
    EXPECT_EQ(run({"show", nested, shadow, "--format", "junit"}), 2);
    EXPECT_EQ(err(),
              "--format: junit is of one result; table and markdown show several\nRun with --help for more "
              "information.\n");
    text::write_file(path("cut", ".json"), text::read_file(nested).substr(0, 1000));
    EXPECT_EQ(run({"show", path("cut", ".json")}), 2);
}

TEST_F(CommandLineTest, TicksAreShownInstead) {
    EXPECT_EQ(judge("npt=1", "npt=1"), 0);
    EXPECT_EQ(run({"show", "--cycles", path("out/npt=1", ".json")}), 0);
    EXPECT_EQ(
        out().find("npt=1: time is emulated (QEMU emulator version 7.2.22): these ticks mean nothing\n"), 0U);
    EXPECT_EQ(run({"show", "--cycles", "--format", "markdown", path("out/npt=1", ".json")}), 2);
}

TEST_F(CommandLineTest, PricesNeedAList) {
    text::write_file(path("npt=1", ".serial"), recorded_log("npt=1"));
    EXPECT_EQ(judge("npt=1", "npt=1"), 0);
    text::write_file(path("list", ".serial"), recorded_log("list"));
    EXPECT_EQ(run({"prices", "--list", path("list", ".serial"), path("out/npt=1", ".json")}), 0);
    EXPECT_NE(out().find("| `cpuid` | - | - | 1 CPUID | - | "), std::string::npos) << out();
    EXPECT_EQ(run({"prices", "--list", path("npt=1", ".serial"), path("out/npt=1", ".json")}), 2);
    EXPECT_EQ(err(), "exitscope: " + path("npt=1", ".serial") +
                         ": this is no list; give what the guest kernel prints with `list`\n");
}

TEST_F(CommandLineTest, TerminalWorkloadIsJudgedByTheTracepointWhereThereIsOne) {
    text::write_file(path("ept=1", ".serial"), terminal_log("ept=1"));
    EXPECT_EQ(judge("ept=1", "ept=1", "0"), 0);
    EXPECT_EQ(
        out(),
        "ept=1: PASS\n  triple_fault is judged by QEMU's status alone: no counts of kvm_exit were given\n");
    text::write_file(path("kvm_exit", ".json"), R"({"isa":"vmx","counts":{"2":2}})");
    EXPECT_EQ(run({"result", "--setting", "ept=1", "--serial", path("ept=1", ".serial"), "--status", "0",
                   "--host", path("ept=1", ".l1"), "--kvm-exit", path("kvm_exit", ".json"), "--out",
                   (folder_ / "out").string()}),
              1);
    EXPECT_EQ(out(),
              "ept=1: FAIL\n  FAIL triple_fault: TRIPLE_FAULT: expected 1, the tracepoint kvm_exit saw 2\n");
}

// Nothing is looked at before, built or measured.
TEST_F(CommandLineTest, OptionsWithoutEffectAreWrongUsage) {
    for (const auto* const option : {"--initrd", "--disk"})
        EXPECT_EQ(run({"linux", option, path("ept=1", ".l1")}), 2) << option;
    EXPECT_EQ(run({"linux", "--append", "quiet"}), 2);
    EXPECT_NE(err().find("--append requires --kernel"), std::string::npos);
    EXPECT_EQ(run({"linux", "--kernel", path("ept=1", ".l1"), "--append", "quiet\nloud"}), 2);
    EXPECT_NE(err().find("a line break in it"), std::string::npos);
}

TEST_F(CommandLineTest, AWorkloadThatThereIsNoneOfIsWrongUsage) {
    EXPECT_EQ(run({"run", "--workloads", "cpuid,htl", "--out", (folder_ / "out").string()}), 2);
    EXPECT_NE(err().find("--workloads: there is no workload htl; the nearest is hlt"), std::string::npos);
    EXPECT_FALSE(std::filesystem::exists(folder_ / "out"));
    EXPECT_EQ(run({"bisect", "--tree", folder_.string(), "--good", "a", "--bad", "b", "--setting", "npt=1",
                   "--workload", "nope"}),
              2);
    EXPECT_NE(err().find("--workload: there is no workload nope"), std::string::npos);
}

TEST_F(CommandLineTest, HelpNamesTheExitCodes) {
    EXPECT_EQ(run({"--help"}), 0);
    EXPECT_NE(out().find("77 SKIP"), std::string::npos);
    for (const auto* command : {"doctor", "run", "linux", "lab", "show", "compare", "gate", "bisect",
                                "report", "result", "prices"}) {
        EXPECT_EQ(run({command, "--help"}), 0);
        EXPECT_NE(out().find("Exit code"), std::string::npos) << command;
    }
}

}  // namespace
}  // namespace exitscope::command::commands
