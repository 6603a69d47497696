// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// The files in tests/golden: serial logs as the lab recorded them, and what comes out of them.
// EXITSCOPE_WRITE_GOLDEN=1 writes what comes out anew; look at `git diff` then.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "golden.h"
#include "prices/prices.h"
#include "print/table.h"
#include "report/report_parser.h"
#include "text/file.h"

namespace exitscope::command {
namespace {

void expect_golden(const std::string& name, const std::string& text) {
    const auto path = std::filesystem::path{GOLDEN_FOLDER} / name;
    if (std::getenv("EXITSCOPE_WRITE_GOLDEN") != nullptr)
        text::write_file(path, text);
    EXPECT_EQ(text::read_file(path), text) << name;
}

TEST(GoldenTest, RecordedRunsPass) {
    for (const auto& setting : evidence::settings)
        EXPECT_EQ(recorded_result(setting.name).problems, std::vector<evidence::Problem>{}) << setting.name;
    EXPECT_EQ(report::parse_report(recorded_log("list")).damage, std::vector<std::string>{});
}

TEST(GoldenTest, TablesOfAllFourSettings) {
    std::vector<result::Result> results;
    for (const auto& setting : evidence::settings)
        results.push_back(recorded_result(setting.name));
    expect_golden("table.txt", print::table_text(print::make_table(results), false));
    expect_golden("table.markdown", print::table_markdown(print::make_table(results)));
    expect_golden("exit-prices.md",
                  prices::prices_markdown(report::parse_report(recorded_log("list")).descriptions, results));
}

TEST(GoldenTest, TicksOfOneSetting) {
    expect_golden("cycles.txt", print::cycles_text(recorded_result("npt=0")));
}

TEST(GoldenTest, ResultFile) {
    expect_golden("ept=1.json", result::write_result(recorded_result("ept=1")));
}

}  // namespace
}  // namespace exitscope::command
