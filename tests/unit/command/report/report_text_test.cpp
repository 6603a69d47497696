// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
//
// Logs of any size are read in the memory of a buffer and of the report.

#include "report/report_text.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <fstream>

#include "report/report_lines.h"
#include "report/report_parser.h"
#include "result/host_log.h"
#include "text/file.h"
#include "text/line_reader.h"

namespace exitscope::command::report {
namespace {

class ReportTextTest : public testing::Test {
protected:
    ~ReportTextTest() override { std::filesystem::remove(file); }

    std::filesystem::path file =
        std::filesystem::path{testing::TempDir()} / ("exitscope-log-" + std::to_string(getpid()));
};

std::vector<std::string> lines_of(const std::filesystem::path& file) {
    std::vector<std::string> lines;
    text::LineReader reader{file};
    while (const auto line = reader.next())
        lines.emplace_back(*line);
    return lines;
}

/// Of this process so far, in bytes.
std::size_t peak_memory() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<std::size_t>(usage.ru_maxrss) * 1024;
}

TEST_F(ReportTextTest, LinesComeWithTheirEnds) {
    text::write_file(file, "a\r\n\nb");
    EXPECT_EQ(lines_of(file), (std::vector<std::string>{"a\r\n", "\n", "b"}));
    text::write_file(file, "");
    EXPECT_EQ(lines_of(file), std::vector<std::string>{});
    EXPECT_THROW(text::LineReader{"/nonexistent"}, text::InputError);
    EXPECT_THROW(text::LineReader{"/tmp"}, text::InputError);
}

TEST_F(ReportTextTest, LinesAreTheSameWhereverTheBufferEnds) {
    constexpr auto buffer = 2 * text::LineReader::longest_line;
    for (const std::size_t size : {buffer - 1, buffer, buffer + 1, buffer + 7}) {
        // Lines of 64 bytes, the first one longer, so that their ends fall on each place of the buffer.
        std::string text(size % 64, 'x');
        while (text.size() < 2 * size)
            text += std::string(63, 'y') + "\n";
        text::write_file(file, text);
        std::string joined;
        for (const auto& line : lines_of(file))
            joined += line;
        EXPECT_TRUE(joined == text) << size;
    }
}

TEST_F(ReportTextTest, ALineThatNeverEndsKeepsItsEndOnly) {
    text::write_file(file, std::string(5 * text::LineReader::longest_line, 'z') + "KTAP version 1\n1..0\n");
    EXPECT_EQ(read_report_text(file).text, "KTAP version 1\n1..0\n");
    for (const auto& line : lines_of(file))
        EXPECT_LE(line.size(), 2 * text::LineReader::longest_line);
}

TEST_F(ReportTextTest, IsWhatFindReportFindsInEachGoldenLog) {
    for (const auto* const name : {"ept=1", "ept=0", "npt=1", "npt=0", "list"}) {
        const auto golden = std::string{GOLDEN_FOLDER} + "/" + name + ".serial";
        EXPECT_EQ(read_report_text(golden).text, find_report(text::read_file(golden))) << name;
    }
}

TEST_F(ReportTextTest, AReportWithoutEndIsDamageNotMemory) {
    {
        std::ofstream stream{file};
        stream << "KTAP version 1\n1..1\n";
        const std::string junk = "# exact 1 record=run nonsense=" + std::string(970, 'n') + "\n";
        for (std::size_t bytes = 0; bytes < 2 * longest_report; bytes += junk.size())
            stream << junk;
    }
    const auto text = read_report_text(file);
    EXPECT_TRUE(text.too_long);
    EXPECT_LE(text.text.size(), longest_report);
    const auto report = parse_report(text);
    EXPECT_LT(report.damage.size(), 200U);
    EXPECT_TRUE(report.damage.back().starts_with("the report is longer than 4 MiB"));
}

TEST_F(ReportTextTest, TheConsoleBeforeAReportCostsNoMemory) {
    constexpr std::size_t console = std::size_t{96} << 20;
    const auto golden = text::read_file(std::string{GOLDEN_FOLDER} + "/ept=1.serial");
    {
        std::ofstream stream{file};
        const std::string line = "[    1.234567] something the firmware or a kernel has to say\n";
        for (std::size_t bytes = 0; bytes < console; bytes += line.size())
            stream << line;
        stream << golden;
    }
    const auto before = peak_memory();
    EXPECT_EQ(read_report_text(file).text, find_report(golden));
    EXPECT_TRUE(result::kernel_complaints(file).empty());
    EXPECT_LT(peak_memory() - before, console / 4);
}

}  // namespace
}  // namespace exitscope::command::report
