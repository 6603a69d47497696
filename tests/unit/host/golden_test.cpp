// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// The files in tests/golden: serial logs as the lab recorded them, and what comes out of them.
// EXITSCOPE_WRITE_GOLDEN=1 writes what comes out anew; look at `git diff` then.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "file.h"
#include "golden.h"
#include "prices.h"
#include "report_parser.h"
#include "table.h"

namespace exitscope::test {
namespace {

void expect_golden(const std::string& name, const std::string& text) {
    const auto path = std::filesystem::path{GOLDEN_FOLDER} / name;
    if (std::getenv("EXITSCOPE_WRITE_GOLDEN") != nullptr)
        write_file(path, text);
    EXPECT_EQ(read_file(path), text) << name;
}

TEST(GoldenTest, RecordedRunsPass) {
    for (const auto& setting : settings)
        EXPECT_EQ(recorded_result(setting.name).problems, std::vector<Problem>{}) << setting.name;
    EXPECT_EQ(parse_report(recorded_log("list")).damage, std::vector<std::string>{});
}

TEST(GoldenTest, TablesOfAllFourSettings) {
    std::vector<Result> results;
    for (const auto& setting : settings)
        results.push_back(recorded_result(setting.name));
    expect_golden("table.txt", table_text(make_table(results), false));
    expect_golden("table.markdown", table_markdown(make_table(results)));
    expect_golden("exit-prices.md",
                  prices_markdown(parse_report(recorded_log("list")).descriptions, results));
}

TEST(GoldenTest, TicksOfOneSetting) {
    expect_golden("cycles.txt", cycles_text(recorded_result("npt=0")));
}

TEST(GoldenTest, ResultFile) {
    expect_golden("ept=1.json", write_result(recorded_result("ept=1")));
}

}  // namespace
}  // namespace exitscope::test
