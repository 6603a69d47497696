// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "result/result_folder.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <set>

#include "golden.h"
#include "report/report_parser.h"
#include "text/file.h"

namespace exitscope::command::result {
namespace {

using std::filesystem::path;

Result result_of(const std::string& log, const std::string& setting) {
    auto circumstances = golden_circumstances(setting);
    circumstances.qemu_status = 1;
    return make_result(report::parse_report(log), circumstances);
}

/// Of a guest that never came to its report.
Result unmeasured(const std::string& setting) {
    return result_of("", setting);
}

class ResultFolderTest : public testing::Test {
protected:
    ~ResultFolderTest() override { std::filesystem::remove_all(folder); }

    static void keep(ResultFolder& results, const Result& result, const std::string& name) {
        results.keep(result, name, "");
    }

    /// An earlier run of one setting, twice.
    void measure_twice() const {
        ResultFolder earlier{folder};
        for (const auto* const name : {"ept=1", "ept=1.2"})
            keep(earlier, golden_result("ept=1"), name);
        text::write_file(folder / "ept=1.marks.jsonl", "");
        text::write_file(folder / "ept=1.notes", "");
    }

    [[nodiscard]] std::set<std::string> names() const {
        std::set<std::string> found;
        for (const auto& entry : std::filesystem::recursive_directory_iterator{folder}) {
            if (entry.is_regular_file())
                found.insert(entry.path().lexically_relative(folder));
        }
        return found;
    }

    [[nodiscard]] model::Verdict verdict_in(const std::string& name) const {
        return read_result(text::read_file(folder / name), name).verdict;
    }

    path folder = path{testing::TempDir()} / ("exitscope-results-" + std::to_string(getpid()));
};

TEST_F(ResultFolderTest, ARunHoldsACountWhereAWorkloadWasMeasured) {
    EXPECT_TRUE(holds_a_count(golden_result("ept=1")));
    EXPECT_FALSE(holds_a_count(unmeasured("ept=1")));
    const auto log = golden_log("ept=1");
    EXPECT_TRUE(holds_a_count(result_of(log.substr(0, log.size() / 2), "ept=1"))) << "cut, after some";
    auto skipped = golden_result("ept=1");
    for (auto& workload : skipped.workloads) {
        workload.verdict = model::Verdict::skip;
        workload.window.reset();
    }
    EXPECT_FALSE(holds_a_count(skipped));
    skipped.terminal = report::Terminal{.workload = "triple_fault"};
    EXPECT_TRUE(holds_a_count(skipped)) << "QEMU's status judges it";
}

TEST_F(ResultFolderTest, ARunThatMeasuredReplacesAllRepetitionsOfTheOneBefore) {
    measure_twice();
    ResultFolder results{folder};
    EXPECT_EQ(names().size(), 6U) << "nothing goes before there is something else";
    keep(results, golden_result("ept=1"), "ept=1");
    EXPECT_EQ(names(), (std::set<std::string>{"ept=1.json", "ept=1.ktap", "ept=1.notes"}));
    EXPECT_EQ(results.what_stayed("ept=1"), "");
}

TEST_F(ResultFolderTest, ARunThatMeasuredNothingReplacesNothing) {
    measure_twice();
    const auto before = names();
    ResultFolder results{folder};
    keep(results, unmeasured("ept=1"), "ept=1");
    auto expected = before;
    expected.insert({"unmeasured/ept=1.json", "unmeasured/ept=1.ktap"});
    EXPECT_EQ(names(), expected);
    EXPECT_EQ(verdict_in("ept=1.json"), model::Verdict::pass);
    EXPECT_EQ(verdict_in("unmeasured/ept=1.json"), model::Verdict::crash);
    EXPECT_EQ(results.place_of("ept=1"), folder / "unmeasured");
    EXPECT_EQ(results.what_stayed("ept=1"), "ept=1: nothing was measured; " +
                                                (folder / "ept=1.json").string() +
                                                " is still that of an earlier run, and this run's is " +
                                                (folder / "unmeasured/ept=1.json").string());
    ResultFolder next{folder};
    keep(next, golden_result("ept=1"), "ept=1");
    EXPECT_EQ(names(), (std::set<std::string>{"ept=1.json", "ept=1.ktap", "ept=1.notes"}));
}

TEST_F(ResultFolderTest, EachSettingIsJudgedByItself) {
    measure_twice();
    ResultFolder results{folder};
    keep(results, unmeasured("ept=1"), "ept=1");
    keep(results, unmeasured("ept=0"), "ept=0");
    EXPECT_EQ(results.place_of("ept=0"), folder) << "there is nothing to keep";
    EXPECT_EQ(results.what_stayed("ept=0"), "");
    EXPECT_EQ(results.what_stayed("npt=1"), "");
    keep(results, golden_result("ept=0"), "ept=0");
    EXPECT_EQ(verdict_in("ept=0.json"), model::Verdict::pass);
}

TEST_F(ResultFolderTest, ARepetitionThatMeasuredTakesTheOthersAlong) {
    measure_twice();
    ResultFolder results{folder};
    keep(results, unmeasured("ept=1"), "ept=1");
    keep(results, golden_result("ept=1"), "ept=1.2");
    keep(results, unmeasured("ept=1"), "ept=1.3");
    EXPECT_EQ(names(), (std::set<std::string>{"ept=1.json", "ept=1.ktap", "ept=1.2.json", "ept=1.2.ktap",
                                              "ept=1.3.json", "ept=1.3.ktap", "ept=1.notes"}));
    EXPECT_EQ(verdict_in("ept=1.json"), model::Verdict::crash);
    EXPECT_EQ(results.what_stayed("ept=1"), "");
}

TEST_F(ResultFolderTest, NothingGoesWhereTheNewFilesCannotBeWritten) {
    measure_twice();
    const auto before = names();
    ResultFolder results{folder};
    rlimit limit{};
    ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &limit), 0);
    const rlimit full{.rlim_cur = 100, .rlim_max = limit.rlim_max};
    const auto usual = std::signal(SIGXFSZ, SIG_IGN);
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &full), 0);
    EXPECT_THROW(keep(results, golden_result("ept=1"), "ept=1"), text::InputError);
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &limit), 0);
    std::signal(SIGXFSZ, usual);
    EXPECT_EQ(names(), before);
    EXPECT_EQ(verdict_in("ept=1.json"), model::Verdict::pass);
}

TEST_F(ResultFolderTest, WhatAnEarlierRunLeftAsideIsNamedToo) {
    {
        ResultFolder earlier{folder};
        measure_twice();
        keep(earlier, unmeasured("ept=1"), "ept=1");
    }
    const ResultFolder results{folder};
    EXPECT_EQ(results.what_stayed("ept=1"),
              "ept=1: nothing was measured; " + (folder / "ept=1.json").string() + " and " +
                  (folder / "unmeasured/ept=1.json").string() + " are still those of earlier runs");
    std::filesystem::remove(folder / "ept=1.json");
    std::filesystem::remove(folder / "ept=1.2.json");
    EXPECT_EQ(results.what_stayed("ept=1"), "ept=1: nothing was measured; " +
                                                (folder / "unmeasured/ept=1.json").string() +
                                                " is still that of an earlier run");
}

TEST_F(ResultFolderTest, WhatCannotBeReadMayHoldACount) {
    text::write_file(folder / "ept=1.json", "of another version");
    ResultFolder results{folder};
    keep(results, unmeasured("ept=1"), "ept=1");
    EXPECT_EQ(text::read_file(folder / "ept=1.json"), "of another version");
    ResultFolder untouched{folder};
    EXPECT_EQ(untouched.what_stayed("ept=1"),
              "ept=1: nothing was measured; " + (folder / "ept=1.json").string() + " and " +
                  (folder / "unmeasured/ept=1.json").string() + " are still those of earlier runs");
}

}  // namespace
}  // namespace exitscope::command::result
