// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "report/report_writer.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace exitscope::report {
namespace {

std::string printed;
std::array<char, 8192> room;

void print(std::string_view text) {
    printed += text;
}

/// The lines printed since the test began, without their line ends.
std::vector<std::string> lines() {
    std::vector<std::string> result;
    std::string_view rest = printed;
    while (!rest.empty()) {
        const auto end = rest.find('\n');
        result.emplace_back(rest.substr(0, end));
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    return result;
}

class ReportTest : public testing::Test {
protected:
    ReportTest() { printed.clear(); }

    static meter::Window window_of(model::ReasonNumber reason, std::uint64_t exits) {
        meter::Window window;
        window.exits.isa = model::InstructionSet::vmx;
        window.exits.by_index.at(model::index_of(model::InstructionSet::vmx, reason).value()) = exits;
        window.exits.total = exits;
        window.reads = 1;
        return window;
    }

    ReportWriter report{print, room};
};

TEST_F(ReportTest, PassIsAnOkLineAndTwoNumberedRecords) {
    const auto window = window_of(10, 100);
    const auto doubled = window_of(10, 200);
    report.add({.name = "cpuid",
                .group = workloads::Group::canary,
                .verdict = model::Verdict::pass,
                .iterations = 100,
                .window = &window,
                .doubled = &doubled,
                .price = {.each = {{10}}},
                .guest_ticks = {1, 2, 3}});
    report.end();
    const auto printed_lines = lines();
    ASSERT_EQ(printed_lines.size(), 4U);
    EXPECT_EQ(printed_lines[0], "ok 1 cpuid");
    // The check sums are zlib's crc32 of the text before them.
    EXPECT_EQ(printed_lines[1],
              "# exact 1 record=workload name=cpuid group=canary verdict=PASS iterations=100 total=100 "
              "exits.10=100 "
              "expected.10=100 doubled.10=200 each=10*1 crc=a852c90f");
    EXPECT_EQ(printed_lines[2],
              "# vary 2 record=workload name=cpuid total=101 reads=1 guest_min=1 guest_median=2 guest_max=3 "
              "doubled_total=201 crc=e87322d7");
    EXPECT_EQ(printed_lines[3], "# exact 3 record=end records=3 verdict=PASS crc=5e299d4a");
}

TEST_F(ReportTest, PriceIsReportedAsCostsAndAsCounts) {
    const auto window = window_of(32, 203);
    report.add({.name = "x",
                .verdict = model::Verdict::pass,
                .iterations = 100,
                .window = &window,
                .price = {.each = {{32, 1, "msr:0x838"}, {32, 1}}, .once = {{32, 3, "first"}}}});
    EXPECT_NE(lines().at(1).find(" expected.32=203 each=32*1@msr:0x838,32*1 once=32*3@first crc="),
              std::string::npos)
        << lines().at(1);
    EXPECT_EQ(lines().at(1).find("group="), std::string::npos);
    EXPECT_EQ(lines().at(2).find("doubled"), std::string::npos);
}

TEST_F(ReportTest, MarksOfBothWindowsAreReported) {
    auto window = window_of(10, 100);
    auto doubled = window_of(10, 200);
    window.mark = 7;
    doubled.mark = 9;
    report.add({.name = "x",
                .verdict = model::Verdict::pass,
                .iterations = 100,
                .window = &window,
                .doubled = &doubled});
    EXPECT_EQ(lines().at(1).find("mark"), std::string::npos);
    EXPECT_NE(lines().at(2).find(" reads=1 mark=7 guest_min="), std::string::npos) << lines().at(2);
    EXPECT_NE(lines().at(2).find(" doubled_total=201 doubled_mark=9 crc="), std::string::npos)
        << lines().at(2);
}

TEST_F(ReportTest, NoiseOfBothWindowsIsReportedApart) {
    const auto window = window_of(1, 4);
    const auto doubled = window_of(52, 9);
    report.add({.name = "x",
                .verdict = model::Verdict::pass,
                .iterations = 1,
                .window = &window,
                .doubled = &doubled});
    EXPECT_EQ(lines().at(1).find("doubled"), std::string::npos);
    EXPECT_NE(lines().at(2).find(" noise.1=4 guest_min=0 guest_median=0 guest_max=0 doubled_total=10 "
                                 "doubled_noise.52=9 crc="),
              std::string::npos)
        << lines().at(2);
}

TEST_F(ReportTest, ListSaysWhatAWorkloadIs) {
    report.list({.name = "hlt",
                 .summary = "HLT",
                 .why = "it waits",
                 .source = "SDM x",
                 .group = workloads::Group::interrupt});
    EXPECT_EQ(lines().at(0), "ok 1 hlt # SKIP HLT");
    EXPECT_EQ(lines().at(1).find("# exact 1 record=workload name=hlt verdict=SKIP iterations=0 total=0 "
                                 "group=interrupt why=\"it waits\" source=\"SDM x\" message=\"HLT\" crc="),
              0U);
    EXPECT_EQ(lines().size(), 2U);
    EXPECT_EQ(report.verdict(), model::Verdict::skip);
}

TEST_F(ReportTest, NoiseIsInTheVaryingRecordOnly) {
    const auto window = window_of(1, 4);
    report.add({.name = "empty", .verdict = model::Verdict::pass, .iterations = 1, .window = &window});
    EXPECT_NE(lines().at(1).find(" total=0 crc="), std::string::npos);
    EXPECT_NE(lines().at(2).find(" total=5 reads=1 noise.1=4 guest_min=0 "), std::string::npos);
}

TEST_F(ReportTest, FailCarriesItsMessage) {
    const auto window = window_of(48, 99);
    report.add({.name = "page",
                .verdict = model::Verdict::fail,
                .iterations = 100,
                .window = &window,
                .price = {.each = {{48}}},
                .message = "reason 48: expected 100, found 99"});
    EXPECT_EQ(lines().at(0), "not ok 1 page");
    EXPECT_NE(
        lines().at(1).find(
            " exits.48=99 expected.48=100 each=48*1 message=\"reason 48: expected 100, found 99\" crc="),
        std::string::npos);
    EXPECT_EQ(report.verdict(), model::Verdict::fail);
}

TEST_F(ReportTest, SkipHasItsReasonAndNoVaryingRecord) {
    report.add({.name = "hlt", .verdict = model::Verdict::skip, .message = "no x2APIC"});
    EXPECT_EQ(lines().at(0), "ok 1 hlt # SKIP no x2APIC");
    EXPECT_EQ(lines().size(), 2U);
}

TEST_F(ReportTest, ResultLineCarriesTheMessageAsItsRecordDoes) {
    report.add({.name = "hlt", .verdict = model::Verdict::error, .message = "a\"b\n"});
    EXPECT_EQ(lines().at(0), "not ok 1 hlt # ERROR a'b'");
    EXPECT_NE(lines().at(1).find(" message=\"a'b'\" crc="), std::string::npos);
}

TEST_F(ReportTest, QuotesInAMessageCannotEndIt) {
    report.add_error("unknown key: a\"b\n");
    EXPECT_EQ(lines().at(0).find("# exact 1 record=error message=\"unknown key: a'b'\" crc="), 0U);
}

TEST_F(ReportTest, WorstVerdictWins) {
    report.add({.name = "one", .verdict = model::Verdict::fail, .message = "x"});
    report.add({.name = "two", .verdict = model::Verdict::skip, .message = "x"});
    EXPECT_EQ(report.verdict(), model::Verdict::fail);
    report.add_error("x");
    report.add({.name = "three", .verdict = model::Verdict::pass});
    EXPECT_EQ(report.verdict(), model::Verdict::error);
}

TEST_F(ReportTest, NothingReportedIsSkip) {
    EXPECT_EQ(report.verdict(), model::Verdict::skip);
}

/// The value after `key` in a line.
std::uint64_t value_of(const std::string& line, const std::string& key) {
    return std::stoull(line.substr(line.find(key) + key.size()));
}

/// What sending a byte takes in the test below.
std::uint64_t exits_per_byte;

TEST_F(ReportTest, ExitsAfterTheLastReadingAreThoseOfTheBytesThatFollow) {
    // Every number of digits that the count may have, with the counts at which it changes.
    for (exits_per_byte = 1; exits_per_byte < 3'000'000; exits_per_byte = exits_per_byte * 5 / 4 + 1) {
        printed.clear();
        ReportWriter fresh{print, room};
        meter::Reading last;
        last.exits.isa = model::InstructionSet::vmx;
        last.reads_after = 81;
        fresh.end(last, {[](std::uint64_t bytes) { return bytes * exits_per_byte; }, 1});
        const auto printed_lines = lines();
        ASSERT_EQ(printed_lines.size(), 2U);
        EXPECT_EQ(value_of(printed_lines[0], " after.10="), 81U);
        EXPECT_EQ(value_of(printed_lines[0], " after.30="), printed.size() * exits_per_byte + 1);
        EXPECT_EQ(printed_lines[1].find("# exact 2 record=end records=2 verdict=SKIP crc="), 0U);
    }
}

TEST_F(ReportTest, LineThatDoesNotFitHasNoCheckSum) {
    std::array<char, 32> little;
    ReportWriter cramped{print, little};
    cramped.add_error("longer than thirty-two characters");
    EXPECT_EQ(printed.size(), 32U);
    EXPECT_EQ(printed.find("crc="), std::string::npos);
}

TEST_F(ReportTest, TheWorkloadThatComesNextIsNamedInALineForPeople) {
    report.begin_workload("hlt");
    EXPECT_EQ(printed, "# measuring hlt\n");
}

TEST_F(ReportTest, TheDevicesAreInTheRunsRecord) {
    model::Subject subject;
    report.begin({}, subject, 100, 0);
    subject.devices.set(model::Device::serial_port, true);
    subject.devices.set(model::Device::interrupt_controller, true);
    report.begin({}, subject, 100, 0);
    EXPECT_NE(printed.find(" vcpus=1 devices=none crc="), std::string::npos);
    EXPECT_NE(printed.find(" vcpus=1 devices=pic,serial crc="), std::string::npos);
}

}  // namespace
}  // namespace exitscope::report
