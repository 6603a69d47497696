// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "model/price.h"

#include <gtest/gtest.h>

namespace exitscope::model {
namespace {

TEST(Costs, NothingIsEmpty) {
    EXPECT_TRUE(Costs{}.empty());
    EXPECT_EQ(Costs{}.of(10), 0U);
}

TEST(Costs, CostOfNoExitsIsNotListed) {
    const Costs costs{{32, 1, "msr:0x838"}, {32, 0, "msr:0x80b"}};
    EXPECT_EQ(costs.end() - costs.begin(), 1);
    EXPECT_EQ(costs.of(32), 1U);
}

TEST(Costs, CausesOfOneReasonStayApartAndAddUp) {
    const Costs costs{{32, 1, "msr:0x838"}, {12}, {32, 2, "msr:0x80b"}};
    ASSERT_EQ(costs.end() - costs.begin(), 3);
    EXPECT_EQ(costs.begin()[2].what, "msr:0x80b");
    EXPECT_EQ(costs.of(32), 3U);
    EXPECT_EQ(costs.of(12), 1U);
    EXPECT_EQ(costs.of(48), 0U);
}

TEST(Costs, AsManyFitAsTheCapacity) {
    Costs costs;
    for (ReasonNumber reason = 1; reason <= Costs::capacity; ++reason)
        costs.add({reason});
    EXPECT_EQ(costs.end() - costs.begin(), static_cast<std::ptrdiff_t>(Costs::capacity));
    EXPECT_EQ(costs.of(Costs::capacity), 1U);
}

TEST(Price, IsOnceAndEachTimesTheRepetitions) {
    const Price price{.each = {{32}, {12, 2}}, .once = {{32, 5}, {48}}};
    const auto expected = price.of(100);
    EXPECT_EQ(expected.of(32), 105U);
    EXPECT_EQ(expected.of(12), 200U);
    EXPECT_EQ(expected.of(48), 1U);
    EXPECT_EQ(expected.end() - expected.begin(), 3);
}

TEST(Price, OfNoRepetitionIsOnce) {
    const Price price{.each = {{32}}, .once = {{48, 7}}};
    EXPECT_EQ(price.of(0).of(32), 0U);
    EXPECT_EQ(price.of(0).of(48), 7U);
}

TEST(Price, IsExactBeyond32Bits) {
    EXPECT_EQ((Price{.each = {{32, 3}}}.of(0x1'0000'0001).of(32)), 0x3'0000'0003U);
}

}  // namespace
}  // namespace exitscope::model
