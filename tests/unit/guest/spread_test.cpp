// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "report/spread.h"

#include <gtest/gtest.h>

#include <vector>

namespace exitscope::report {
namespace {

std::vector<std::uint64_t> spread(std::vector<std::uint64_t> values) {
    const auto [min, median, max] = spread_of(values);
    return {min, median, max};
}

using Numbers = std::vector<std::uint64_t>;

TEST(Spread, NothingIsZero) {
    EXPECT_EQ(spread({}), (Numbers{0, 0, 0}));
}

TEST(Spread, OneValueIsAllThree) {
    EXPECT_EQ(spread({7}), (Numbers{7, 7, 7}));
}

TEST(Spread, OrderDoesNotMatter) {
    EXPECT_EQ(spread({9, 1, 5}), (Numbers{1, 5, 9}));
}

TEST(Spread, OfAnEvenNumberTheLowerMiddleCounts) {
    EXPECT_EQ(spread({4, 1, 3, 2}), (Numbers{1, 2, 4}));
    EXPECT_EQ(spread({8, 2}), (Numbers{2, 2, 8}));
}

TEST(Spread, LargestValuesDoNotOverflow) {
    EXPECT_EQ(spread({UINT64_MAX, UINT64_MAX, 0}), (Numbers{0, UINT64_MAX, UINT64_MAX}));
}

}  // namespace
}  // namespace exitscope::report
