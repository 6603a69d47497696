// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
//
// Programs that run beside exitscope, and what is shown meanwhile.

#include "stages/stages.h"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>

#include "stages/interruption.h"
#include "text/file.h"
#include "text/wrap.h"

namespace exitscope::command::stages {
namespace {

using std::filesystem::path;

class StagesTest : public testing::Test {
protected:
    StagesTest() { std::filesystem::create_directories(folder / "logs"); }
    ~StagesTest() override { std::filesystem::remove_all(folder); }

    [[nodiscard]] ProgramCall shell(const std::string& script) const {
        return {.words = {"sh", "-c", script},
                .output = folder / "output",
                .errors = folder / "logs" / "a-step.log"};
    }

    /// The action ends as a step that says why and exits with 5, whose log has that name.
    template <typename Action>
    void expect_failure(const std::string& step, const std::string& log, Action action) {
        testing::internal::CaptureStderr();
        try {
            action();
            ADD_FAILURE() << "did not throw";
        } catch (const StageFailed& failed) {
            EXPECT_EQ(failed.status, 5);
        }
        EXPECT_EQ(testing::internal::GetCapturedStderr(),
                  fmt::format("  {:<30} failed after 0 s:\nwhy\nThe whole log: {}\n", step,
                              (folder / "logs" / log).string()));
    }

    path folder = path{testing::TempDir()} / ("exitscope-stages-" + std::to_string(getpid()));
    Stages stages{folder / "logs", folder, Durations{folder / "durations.json"}};
};

TEST_F(StagesTest, ReturnsTheStatusOfEachProgram) {
    EXPECT_EQ(
        stages.run({.name = "a step", .commands = {shell("exit 0"), shell("exit 7"), shell("kill -9 $$")}}),
        (std::vector<int>{0, 7, 137}));
}

TEST_F(StagesTest, EndsWhatTakesTooLongAsTimeoutDoes) {
    EXPECT_EQ(stages.run({.name = "a step",
                          .commands = {shell("trap '' TERM; sleep 60 & wait"), shell("exit 3")},
                          .limit = std::chrono::seconds{0}}),
              (std::vector<int>{124, 3}));
}

TEST_F(StagesTest, ReturnsTheLastLineOfTheOutput) {
    EXPECT_EQ(stages.output_of("a step", {"sh", "-c", "echo one; echo two; echo three >&2"}), "two");
    EXPECT_EQ(text::read_file(stages.log_of("a step")), "three\n");
    EXPECT_EQ(stages.times(), "a step 0 s");
}

TEST_F(StagesTest, ReturnsTheLastLineOfEachOfSeveralOutputsAndShowsEachStepWhenItIsOver) {
    testing::internal::CaptureStderr();
    EXPECT_EQ(stages.outputs_of({{.name = "slow", .words = {"sh", "-c", "sleep 0.3; echo 1"}},
                                 {.name = "fast", .words = {"sh", "-c", "echo 2; echo 3"}}}),
              (std::vector<std::string>{"1", "3"}));
    EXPECT_EQ(testing::internal::GetCapturedStderr(),
              "  fast                              0 s\n  slow                              0 s\n");
    EXPECT_EQ(stages.times(), "fast 0 s, slow 0 s");
}

TEST_F(StagesTest, OneOfSeveralStepsThatFailsEndsTheOthers) {
    expect_failure("bad", "bad.log", [this] {
        (void)stages.outputs_of({{.name = "slow", .words = {"sh", "-c", "sleep 60 & wait"}},
                                 {.name = "bad", .words = {"sh", "-c", "echo why >&2; exit 5"}}});
    });
    EXPECT_LT(stages.seconds(), 30);
}

TEST_F(StagesTest, TellsMeanwhileAndOnceMoreAtTheEnd) {
    const auto flag = folder / "flag";
    int asked = 0;
    const auto tell = [&]() -> std::string {
        ++asked;
        return std::filesystem::remove(flag) ? "  a line\n" : "";
    };
    testing::internal::CaptureStderr();
    (void)stages.run({.name = "a step", .commands = {shell("sleep 0.2; : >" + flag.string())}, .tell = tell});
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "  a line\n  a step                            0 s\n");
    EXPECT_GE(asked, 2);
}

TEST_F(StagesTest, ThrowsTheStatusOfWhatFails) {
    expect_failure("a step", "a-step.log", [this] {
        stages.require({.name = "a step", .commands = {shell("echo why >&2; exit 5")}});
    });
}

TEST_F(StagesTest, NamesAProgramThatCannotBeStarted) {
    EXPECT_THROW((void)stages.output_of("a step", {"/nonexistent/program"}), text::InputError);
}

TEST_F(StagesTest, ASignalEndsThePrograms) {
    catch_interruptions();
    raise(SIGTERM);
    try {
        (void)stages.run({.name = "a step", .commands = {shell("sleep 60 & wait")}});
        ADD_FAILURE() << "did not throw";
    } catch (const Interrupted& interrupted) {
        EXPECT_EQ(interrupted.signal, SIGTERM);
    }
    stages.be_undisturbed();
    EXPECT_EQ(stages.run({.name = "a step", .commands = {shell("exit 0")}}), std::vector<int>{0});
    catch_interruptions();
    EXPECT_EQ(interruption(), 0);
}

TEST_F(StagesTest, RemembersHowLongAStepTook) {
    (void)stages.run({.name = "a step", .commands = {shell("exit 0")}, .extent = "all of it"});
    EXPECT_EQ(Durations{folder / "durations.json"}.expected("a step: all of it"), 0);
    EXPECT_EQ(Durations{folder / "durations.json"}.expected("a step"), std::nullopt);
}

TEST(Durations, AreUnknownFromADamagedFile) {
    const auto file = path{testing::TempDir()} / "durations.json";
    for (const auto* const text : {"", "{\"a\":", "[1]", "{\"a\":\"b\"}", "7"}) {
        text::write_file(file, text);
        EXPECT_EQ(Durations{file}.expected("a"), std::nullopt) << text;
    }
    std::filesystem::remove(file);
}

TEST(Progress, ShowsTheTimeTheExpectedTimeAndTheNews) {
    EXPECT_EQ(
        progress_line({.step = "L1 kernel (6.1)", .seconds = 12, .expected = 239, .news = "a\x1b[Kb\n"}, 100),
        "  L1 kernel (6.1)                  12 s of about 239 s  a[Kb");
    EXPECT_EQ(progress_line({.step = "x", .seconds = 0, .expected = 0}, 100),
              "  x                                 0 s");
    EXPECT_EQ(progress_line({.step = "x", .seconds = 5}, 100), "  x                                 5 s");
    EXPECT_EQ(progress_line({.step = "x", .seconds = 5, .news = "abc"}, 42).size(), 42U);
}

TEST(LastLines, AreThoseOfAnyFile) {
    const auto file = path{testing::TempDir()} / "last-lines";
    const auto of = [&](std::string_view text, std::size_t count) {
        text::write_file(file, text);
        return last_lines(file, count);
    };
    EXPECT_EQ(of("", 1), "");
    EXPECT_EQ(of("a\nb\nc\n", 1), "c");
    EXPECT_EQ(of("a\nb\nc", 2), "b\nc");
    EXPECT_EQ(of("a\nb\n", 9), "a\nb");
    EXPECT_EQ(last_lines("/nonexistent", 3), "");
    std::filesystem::remove(file);
}

TEST(Help, IsWrappedBetweenWords) {
    EXPECT_EQ(text::wrap("one two three", 7, 2), "one two\n  three");
    EXPECT_EQ(text::wrap("one  two", 8, 2), "one two");
    EXPECT_EQ(text::wrap("extraordinary", 3, 0), "extraordinary");
    EXPECT_EQ(text::wrap("", 3, 0), "");
}

}  // namespace
}  // namespace exitscope::command::stages
