// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
//
// What goes to lab/boot, and what one run leaves.

#include <gtest/gtest.h>
#include <unistd.h>

#include <set>

#include "lab/kept_files.h"
#include "lab/lab_boot.h"
#include "lab/lab_job.h"
#include "text/file.h"

namespace exitscope::command::lab {
namespace {

using std::filesystem::path;

class LabTest : public testing::Test {
protected:
    LabTest() { std::filesystem::create_directories(folder); }
    ~LabTest() override { std::filesystem::remove_all(folder); }

    static std::set<std::string> names_in(const path& where) {
        std::set<std::string> found;
        for (const auto& entry : std::filesystem::directory_iterator{where})
            found.insert(entry.path().filename());
        return found;
    }

    path folder = path{testing::TempDir()} / ("exitscope-lab-" + std::to_string(getpid()));
};

TEST_F(LabTest, ABootIsOneCommand) {
    LabBoot boot{.isa = model::InstructionSet::svm,
                 .job = "/j",
                 .results = "/r",
                 .modules = "/m",
                 .l1 = "6.12",
                 .limit = std::chrono::minutes{2},
                 .live = true};
    EXPECT_EQ(words_of(boot, {.root = "/root", .work = {}}),
              (std::vector<std::string>{"/root/lab/boot", "--l1", "6.12", "--isa", "svm", "--job", "/j",
                                        "--out", "/r", "--limit", "120", "--modules", "/m", "--live"}));
    boot.modules.clear();
    boot.live = false;
    EXPECT_EQ(words_of(boot, {.root = "/root", .work = {}}),
              (std::vector<std::string>{"/root/lab/boot", "--l1", "6.12", "--isa", "svm", "--job", "/j",
                                        "--out", "/r", "--limit", "120"}));
}

TEST_F(LabTest, ARunIsAFileAValue) {
    text::write_file(folder / "image", "");
    LabRun run{.setting = *evidence::find_setting("ept=0"), .image = {.kernel = folder / "image"}};
    write_lab_run(folder / "least", run);
    EXPECT_EQ(names_in(folder / "least"), (std::set<std::string>{"kernel", "setting", "vcpus", "huge-pages",
                                                                 "exit_counters", "trace", "timeout"}));
    EXPECT_EQ(text::read_file(folder / "least" / "setting"), "ept=0\n");
    EXPECT_EQ(text::read_file(folder / "least" / "timeout"), "300\n");
    EXPECT_EQ(text::read_file(folder / "least" / "trace"), "no\n");

    run.image.append = "a b";
    run.image.qemu_arguments = {"-m", "64M"};
    run.live = true;
    run.trace = true;
    run.observe = "done";
    write_lab_run(folder / "more", run);
    EXPECT_EQ(text::read_file(folder / "more" / "append"), "a b\n");
    EXPECT_EQ(text::read_file(folder / "more" / "qemu-args"), "-m\n64M\n");
    EXPECT_EQ(text::read_file(folder / "more" / "trace"), "yes\n");
    EXPECT_EQ(text::read_file(folder / "more" / "observe"), "done\n");
    EXPECT_TRUE(std::filesystem::exists(folder / "more" / "live"));

    run.image.initrd = folder / "missing";
    EXPECT_THROW(write_lab_run(folder / "none", run), text::InputError);
}

TEST_F(LabTest, ARunThatWasNotDoneHasNoStatus) {
    EXPECT_EQ(qemu_status_in(folder), std::nullopt);
    text::write_file(folder / "status", "");
    EXPECT_EQ(qemu_status_in(folder), std::nullopt);
    text::write_file(folder / "status", "33\n");
    EXPECT_EQ(qemu_status_in(folder), 33);
    text::write_file(folder / "status", "0\n");
    EXPECT_EQ(qemu_status_in(folder), 0);
}

TEST_F(LabTest, WhatAnEarlierRunLeftGoesAndNothingElse) {
    const auto out = folder / "out";
    for (const auto* const name : {"serial", "status", "kvm_exit.json", "vcpu0.exit_counters",
                                   "query-stats.json", "error", "notes", "vcpu0.txt", "serial.old"})
        text::write_file(out / name, "old");
    for (const auto* const name : {"l1.log", "1/serial", "1/status", "2/qemu.log"})
        text::write_file(folder / "results" / name, "new");
    KeptFiles kept{out};
    EXPECT_EQ(text::read_file(out / "serial"), "old") << "nothing has replaced it yet";
    EXPECT_EQ(kept.what_stayed(), out.string() + " still holds what an earlier run left");
    EXPECT_EQ(kept.keep(folder / "results", true), out);
    EXPECT_EQ(names_in(out),
              (std::set<std::string>{"notes", "vcpu0.txt", "serial.old", "l1.log", "serial", "status"}));
    EXPECT_EQ(text::read_file(out / "serial"), "new");
    EXPECT_EQ(kept.what_stayed(), "");
}

TEST_F(LabTest, ARunThatWasNotDoneDoesNotReplaceOneThatWas) {
    const auto out = folder / "out";
    for (const auto* const name : {"serial", "status", "unmeasured/error", "unmeasured/splats"})
        text::write_file(out / name, "old");
    for (const auto* const name : {"l1.log", "1/serial", "1/error"})
        text::write_file(folder / "results" / name, "new");
    KeptFiles kept{out};
    EXPECT_EQ(kept.keep(folder / "results", false), out / "unmeasured");
    EXPECT_EQ(names_in(out), (std::set<std::string>{"serial", "status", "unmeasured"}));
    EXPECT_EQ(names_in(out / "unmeasured"), (std::set<std::string>{"l1.log", "serial", "error"}));
    EXPECT_EQ(text::read_file(out / "serial"), "old");
    EXPECT_EQ(kept.what_stayed(), out.string() + " still holds what an earlier run left");
    EXPECT_EQ(kept.keep(folder / "results", true), out);
    EXPECT_EQ(names_in(out), (std::set<std::string>{"l1.log", "serial", "error"}));
}

TEST_F(LabTest, ARunThatWasNotDoneStaysWhereThereIsNoOther) {
    const auto out = folder / "out";
    text::write_file(out / "error", "old");
    text::write_file(folder / "results" / "l1.log", "new");
    KeptFiles kept{out};
    EXPECT_EQ(kept.what_stayed(), "");
    EXPECT_EQ(kept.keep(folder / "results", false), out);
    EXPECT_EQ(names_in(out), std::set<std::string>{"l1.log"});
}

TEST_F(LabTest, WithoutAFolderNothingIsKept) {
    text::write_file(folder / "results" / "l1.log", "new");
    KeptFiles kept{{}};
    EXPECT_EQ(kept.keep(folder / "results", true), path{});
    EXPECT_EQ(names_in(folder), std::set<std::string>{"results"});
}

TEST_F(LabTest, AFolderThatCannotBeMadeIsNamed) {
    text::write_file(folder / "file", "");
    try {
        const KeptFiles kept{folder / "file" / "out"};
        FAIL();
    } catch (const text::InputError& error) {
        EXPECT_NE(std::string{error.what()}.find("choose another folder with --out"), std::string::npos);
    }
}

}  // namespace
}  // namespace exitscope::command::lab
