// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "result/result.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "golden.h"
#include "report/report_parser.h"
#include "text/file.h"
#include "text/json.h"

namespace exitscope::command::result {
namespace {

std::string problem_of(const std::string& text) {
    try {
        static_cast<void>(read_result(text, "r.json"));
        return "none";
    } catch (const text::InputError& problem) {
        return problem.what();
    }
}

std::string replaced(std::string_view from, std::string_view to) {
    auto text = write_result(golden_result("ept=1"));
    return text.replace(text.find(from), from.size(), to);
}

TEST(ResultTest, WhatWasWrittenIsReadBack) {
    for (const auto& setting : evidence::settings) {
        const auto result = golden_result(setting.name);
        EXPECT_EQ(read_result(write_result(result), "r.json"), result) << setting.name;
    }
}

TEST(ResultTest, WorstResultsAreReadBackToo) {
    auto circumstances = golden_circumstances("npt=1");
    circumstances.host.reset();
    circumstances.qemu_status = 124;
    const auto log = golden_log("npt=1");
    for (const auto& text : {std::string{}, log.substr(0, log.size() / 2)}) {
        const auto result = make_result(report::parse_report(text), circumstances);
        auto read = read_result(write_result(result), "r.json");
        EXPECT_EQ(read.verdict, model::Verdict::crash);
        EXPECT_EQ(read.problems, result.problems);
        EXPECT_EQ(read.workloads, result.workloads);
        EXPECT_EQ(read.host, std::nullopt);
        EXPECT_EQ(read.qemu_status, 124);
    }
}

TEST(ResultTest, LargestCountsAreExact) {
    auto result = golden_result("ept=1");
    result.workloads[0].exits[10] = UINT64_MAX;
    result.final_reading->exits[10] = UINT64_MAX - 1;
    const auto read = read_result(write_result(result), "r.json");
    EXPECT_EQ(read.workloads[0].exits.at(10), UINT64_MAX);
    EXPECT_EQ(read.final_reading->exits.at(10), UINT64_MAX - 1);
}

TEST(ResultTest, TimeIsEmulatedWhereAnEmulatorIsNamed) {
    auto result = golden_result("ept=1");
    EXPECT_NE(write_result(result).find("\"time\": \"emulated\""), std::string::npos);
    result.host->emulator.clear();
    EXPECT_NE(write_result(result).find("\"time\": \"real\""), std::string::npos);
    result.host.reset();
    EXPECT_NE(write_result(result).find("\"time\": null"), std::string::npos);
}

TEST(ResultTest, TerminalWorkloadSaysWhoJudgedIt) {
    auto circumstances = golden_circumstances("npt=0");
    circumstances.qemu_status = 0;
    for (const bool traced : {false, true}) {
        if (traced)
            circumstances.tracepoint = evidence::Witness{
                "the tracepoint kvm_exit", model::InstructionSet::svm, {{0x7f, 1}, {0x72, 7}}};
        const auto result = make_result(report::parse_report(terminal_log("npt=0")), circumstances);
        EXPECT_EQ(result.verdict, model::Verdict::pass);
        const auto text = write_result(result);
        EXPECT_EQ(read_result(text, "r.json"), result);
        EXPECT_EQ(text.find("\"judged_by\": \"qemu_status and kvm_exit\"") != std::string::npos, traced);
        EXPECT_EQ(text.find("\"judged_by\": \"qemu_status\"") != std::string::npos, !traced);
    }
}

TEST(ResultTest, CountsShowThePaging) {
    EXPECT_EQ(golden_result("ept=1").paging_by_counts, "two-dimensional");
    EXPECT_EQ(golden_result("npt=0").paging_by_counts, "shadow");
}

TEST(ResultTest, OtherFormatsAndVersionsAreRefused) {
    EXPECT_EQ(problem_of(replaced("exitscope-result", "perf")),
              "r.json.format: \"exitscope-result\" expected, found \"perf\"; is it a result file?");
    EXPECT_EQ(
        problem_of(replaced("\"version\": 2", "\"version\": 1")),
        "r.json.version: this exitscope reads version 2, the file is version 1; run the setting again or use "
        "the exitscope that wrote it");
    EXPECT_EQ(problem_of("{}"), "r.json: the member \"format\" is missing");
}

TEST(ResultTest, AnotherSettingIsRefused) {
    EXPECT_EQ(problem_of(replaced(R"("setting": "ept=1")", R"("setting": "ept=2")")),
              "r.json.setting: unknown value \"ept=2\"");
}

TEST(ResultTest, WrongTypesAndUnknownNamesAreRefused) {
    EXPECT_EQ(problem_of(replaced("\"qemu_status\": 33", "\"qemu_status\": \"33\"")),
              "r.json.qemu_status: integer expected, found \"33\"");
    EXPECT_EQ(problem_of(replaced("\"verdict\": \"PASS\"", "\"verdict\": \"GOOD\"")),
              "r.json.verdict: unknown value \"GOOD\"");
    EXPECT_EQ(problem_of(replaced("\"10\": 100", "\"35\": 100")),
              "r.json.workloads[0].exits.35: the manual defines no such exit reason of vmx");
    EXPECT_EQ(problem_of(replaced("\"10\": 100", "\"10\": -1")),
              "r.json.workloads[0].exits.10: unsigned integer of 64 bits expected, found -1");
    EXPECT_NE(problem_of(replaced("\"10\": 100", "\"10\": 18446744073709551616"))
                  .find("r.json.workloads[0].exits.10: unsigned integer of 64 bits expected"),
              std::string::npos);
}

TEST(ResultTest, CutAtEveryByteIsRefused) {
    auto text = write_result(golden_result("npt=0"));
    text.resize(text.find_last_not_of('\n'));
    for (; !text.empty(); text.resize(text.size() - std::min<std::size_t>(7, text.size())))
        ASSERT_TRUE(problem_of(text).starts_with("r.json: no complete JSON, perhaps cut")) << text.size();
}

TEST(ResultTest, RecordedResultCutAtEveryByteIsRefused) {
    const auto text = text::read_file(std::filesystem::path{GOLDEN_FOLDER} / "ept=1.json");
    ASSERT_EQ(problem_of(text), "none");
    for (std::size_t size = 0; size < text.find_last_of('}'); ++size)
        ASSERT_TRUE(problem_of(text.substr(0, size)).starts_with("r.json: no complete JSON, perhaps cut"))
            << size;
}

TEST(ResultTest, WhatIsNoJsonIsRefused) {
    for (const std::string text :
         {"", " ", "KTAP version 1\n", "{\"format\": \"exitscope-result\",}", "{} {}", "\xff\xfe", "nul"})
        EXPECT_TRUE(problem_of(text).starts_with("r.json: no complete JSON")) << text;
    EXPECT_EQ(problem_of("[]"), "r.json: a JSON object was expected, found array");
    EXPECT_EQ(problem_of("7"), "r.json: a JSON object was expected, found number");
}

TEST(ResultTest, NewerVersionIsRefused) {
    EXPECT_TRUE(problem_of(replaced("\"version\": 2", "\"version\": 3"))
                    .starts_with("r.json.version: this exitscope reads version 2, the file is version 3;"));
}

TEST(ResultTest, MemberThatStandsTwiceIsRefused) {
    EXPECT_EQ(problem_of(replaced("\"qemu_status\": 33", "\"qemu_status\": 35, \"qemu_status\": 33")),
              "r.json: the member 'qemu_status' stands twice in one object; which one holds?");
    EXPECT_EQ(problem_of(replaced("\"10\": 100", "\"10\": 7, \"10\": 100")),
              "r.json: the member '10' stands twice in one object; which one holds?");
    EXPECT_EQ(problem_of(replaced("\"10\": 100", "\"\\u00e9\": 7, \"\u00e9\": 100")),
              "r.json: the member '\\xc3\\xa9' stands twice in one object; which one holds?");
}

TEST(ResultTest, DeepNestingIsRefusedAndNoCrash) {
    const auto nested = [](std::size_t depth) {
        return "{\"format\": " + std::string(depth, '[') + std::string(depth, ']') + "}";
    };
    EXPECT_EQ(problem_of(nested(text::deepest_json)),
              "r.json: JSON nested more than 64 deep; no file of exitscope is");
    EXPECT_TRUE(
        problem_of(nested(text::deepest_json - 1)).starts_with("r.json.format: string expected, found [["));
    EXPECT_EQ(problem_of(nested(1'000'000)), problem_of(nested(text::deepest_json)));
    EXPECT_EQ(problem_of("{\"format\": " + std::string(1'000'000, '[')),
              problem_of(nested(text::deepest_json)));
}

TEST(ResultTest, BytesThatAreNoTextAreWrittenAsText) {
    auto result = golden_result("ept=1");
    result.problems.push_back({model::Verdict::error, "bytes \xff\xc3"});
    EXPECT_EQ(read_result(write_result(result), "r.json").problems.size(), 1U);
}

TEST(ResultTest, ProvenanceMayNameTheCpuItsMitigationsAndTheRevision) {
    auto result = golden_result("ept=1");
    result.host->cpu = "A CPU @ 3 GHz";
    result.host->mitigations = {{"meltdown", "Mitigation: PTI"}, {"mds", "Not affected"}};
    result.host->revision = "0123abc-dirty";
    EXPECT_EQ(read_result(write_result(result), "r.json"), result);
}

}  // namespace
}  // namespace exitscope::command::result
