// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "evidence/cost.h"

#include <gtest/gtest.h>

namespace exitscope::command::evidence {
namespace {

constexpr auto vmx = model::InstructionSet::vmx;
constexpr auto svm = model::InstructionSet::svm;

TEST(CostTest, ReasonExitsAndCauseAreRead) {
    EXPECT_EQ(parse_costs(vmx, "30*1@port:0x80,32*2"), (ReportedCosts{{30, 1, "port:0x80"}, {32, 2, ""}}));
    EXPECT_EQ(parse_costs(svm, "0x7c*18446744073709551615@a*b@c"),
              (ReportedCosts{{0x7c, UINT64_MAX, "a*b@c"}}));
}

TEST(CostTest, AnyOtherSpellingIsRefused) {
    for (const auto* text : {"", ",", "30", "30*", "*1", "30*0", "30*01", "30*-1", "30*1@", "30*1,", ",30*1",
                             "35*1", "0x1e*1", "30 *1", "30*1 ", "30@port*1"})
        EXPECT_EQ(parse_costs(vmx, text), std::nullopt) << text;
    EXPECT_EQ(parse_costs(svm, "48*1"), std::nullopt);
}

TEST(CostTest, PriceIsAStraightLine) {
    EXPECT_EQ(price_of({{30, 1, ""}, {32, 2, ""}, {32, 1, ""}}, {{30, 5, ""}}, 100),
              (Counts{{30, 105}, {32, 300}}));
    EXPECT_EQ(price_of({}, {}, 100), Counts{});
}

TEST(CostTest, PriceThatDoesNotFitIsNone) {
    EXPECT_NE(price_of({{30, UINT64_MAX, ""}}, {}, 1), std::nullopt);
    EXPECT_EQ(price_of({{30, UINT64_MAX, ""}}, {}, 2), std::nullopt);
    EXPECT_EQ(price_of({{30, UINT64_MAX, ""}}, {{30, 1, ""}}, 1), std::nullopt);
}

}  // namespace
}  // namespace exitscope::command::evidence
