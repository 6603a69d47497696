// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// The files in tests/golden: what a serial log looks like, and the tables that come out of four of them.
// EXITSCOPE_WRITE_GOLDEN=1 writes them anew; look at `git diff` then.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "file.h"
#include "golden.h"
#include "table.h"

namespace exitscope::test {
namespace {

void expect_golden(const std::string& name, const std::string& text) {
    const auto path = std::filesystem::path{GOLDEN_FOLDER} / name;
    if (std::getenv("EXITSCOPE_WRITE_GOLDEN") != nullptr)
        write_file(path, text);
    EXPECT_EQ(read_file(path), text) << name;
}

TEST(GoldenTest, SerialLogsAreWhatTheGeneratorWrites) {
    for (const auto& setting : settings)
        expect_golden(std::string{setting.name} + ".serial", golden_log(setting.name));
}

TEST(GoldenTest, TablesOfAllFourSettings) {
    std::vector<Result> results;
    for (const auto& setting : settings)
        results.push_back(golden_result(setting.name));
    expect_golden("table.txt", table_text(make_table(results), false));
    expect_golden("table.markdown", table_markdown(make_table(results)));
}

TEST(GoldenTest, ResultFile) {
    expect_golden("ept=1.json", write_result(golden_result("ept=1")));
}

}  // namespace
}  // namespace exitscope::test
