// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// A report that was cut or mangled anywhere is never PASS.

#include <gtest/gtest.h>

#include "golden.h"
#include "report/report_parser.h"

namespace exitscope::command::report {
namespace {

TEST(ReportDamageTest, GoldenLogsPass) {
    for (const auto& setting : evidence::settings)
        EXPECT_EQ(verdict_of_log(golden_log(setting.name), setting.name), model::Verdict::pass)
            << setting.name;
}

TEST(ReportDamageTest, CutAtEveryByteIsNeverPass) {
    for (const auto* setting : {"ept=1", "npt=0"}) {
        const auto log = golden_log(setting);
        const auto circumstances = golden_circumstances(setting);
        for (std::size_t size = 0; size < log.size(); ++size) {
            const auto verdict =
                result::judge(parse_report(std::string_view{log}.substr(0, size)), circumstances).verdict;
            // Without its very last line feed, the end record is there, but its line is cut.
            const auto due = size == log.size() - 1 ? model::Verdict::error : model::Verdict::crash;
            ASSERT_EQ(verdict, due) << setting << " cut to " << size << " bytes";
        }
    }
}

TEST(ReportDamageTest, OneWrongByteIsNeverPass) {
    const auto good = golden_log("ept=1");
    const auto circumstances = golden_circumstances("ept=1");
    const auto start = good.find("KTAP");
    for (std::size_t place = start; place < good.size(); ++place) {
        auto log = good;
        for (const char byte :
             {char(good[place] ^ 0x01), char(good[place] ^ 0x02), char(good[place] ^ 0x10),
              char(good[place] ^ 0x20), char(good[place] ^ 0x80), '\0', '\n', '\r', ' ', '#', '0'}) {
            if (byte == good[place])
                continue;
            log[place] = byte;
            ASSERT_GE(result::judge(parse_report(log), circumstances).verdict, model::Verdict::error)
                << "byte " << place << " is " << static_cast<int>(byte);
        }
    }
}

TEST(ReportDamageTest, OneByteLessOrTwiceIsNeverPass) {
    const auto good = golden_log("npt=1");
    const auto circumstances = golden_circumstances("npt=1");
    for (auto place = good.find("KTAP"); place < good.size(); ++place) {
        auto shorter = good;
        shorter.erase(place, 1);
        ASSERT_GE(result::judge(parse_report(shorter), circumstances).verdict, model::Verdict::error)
            << "without byte " << place;
        // An empty line is for people, wherever it stands.
        if (good[place] == '\n')
            continue;
        auto longer = good;
        longer.insert(place, 1, good[place]);
        const bool before_report = place == good.find("KTAP");
        const auto due = before_report ? model::Verdict::pass : model::Verdict::error;
        ASSERT_GE(result::judge(parse_report(longer), circumstances).verdict, due)
            << "byte " << place << " twice";
    }
}

TEST(ReportDamageTest, AnyLineMissingOrTwiceIsNeverPass) {
    const auto good = golden_log("ept=0");
    const auto circumstances = golden_circumstances("ept=0");
    for (auto start = good.find("KTAP"); start < good.size();) {
        const auto end = good.find('\n', start) + 1;
        auto without = good;
        without.erase(start, end - start);
        auto twice = good;
        twice.insert(end, good.substr(start, end - start));
        ASSERT_GE(result::judge(parse_report(without), circumstances).verdict, model::Verdict::error)
            << good.substr(start, end - start);
        ASSERT_GE(result::judge(parse_report(twice), circumstances).verdict, model::Verdict::error)
            << good.substr(start, end - start);
        start = end;
    }
}

TEST(ReportDamageTest, RecordedLogCutAtEveryByteIsNeverPass) {
    for (const auto& setting : evidence::settings) {
        const auto good = recorded_log(setting.name);
        const auto circumstances = golden_circumstances(setting.name);
        ASSERT_EQ(result::judge(parse_report(good), circumstances).verdict, model::Verdict::pass);
        for (std::size_t size = 0; size < good.size(); ++size) {
            const auto due = size == good.size() - 1 ? model::Verdict::error : model::Verdict::crash;
            ASSERT_EQ(
                result::judge(parse_report(std::string_view{good}.substr(0, size)), circumstances).verdict,
                due)
                << setting.name << " cut to " << size << " bytes";
        }
    }
}

TEST(ReportDamageTest, RecordedListCutAtEveryByteIsNeverWhole) {
    const auto good = recorded_log("list");
    for (std::size_t size = 0; size < good.size(); ++size) {
        const auto report = parse_report(std::string_view{good}.substr(0, size));
        ASSERT_FALSE(report.end_verdict && report.damage.empty()) << "cut to " << size << " bytes";
    }
}

TEST(ReportDamageTest, TerminalLogCutAtEveryByteIsNeverPass) {
    const auto log = terminal_log("ept=1");
    auto circumstances = golden_circumstances("ept=1");
    circumstances.qemu_status = 0;
    ASSERT_EQ(result::judge(parse_report(log), circumstances).verdict, model::Verdict::pass);
    for (std::size_t size = 0; size < log.size(); ++size)
        ASSERT_GE(result::judge(parse_report(std::string_view{log}.substr(0, size)), circumstances).verdict,
                  model::Verdict::error)
            << size;
}

TEST(ReportDamageTest, AnyBytesAreRead) {
    std::uint64_t state = 1;
    for (int round = 0; round < 200; ++round) {
        std::string log = "KTAP version 1\n";
        for (int i = 0; i < 400; ++i) {
            state = state * 6364136223846793005U + 1442695040888963407U;
            log += static_cast<char>(state >> 56U);
        }
        EXPECT_EQ(verdict_of_log(log), model::Verdict::crash);
    }
}

}  // namespace
}  // namespace exitscope::command::report
