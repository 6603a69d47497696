// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
//
// Names of workloads that are none.

#include "measure/known_workloads.h"

#include <gtest/gtest.h>

#include "measure/request.h"

namespace exitscope::command::measure {
namespace {

TEST(KnownWorkloads, AreTheGuestKernels) {
    EXPECT_EQ(unknown_workload("all"), std::nullopt);
    EXPECT_EQ(unknown_workload("cpuid"), std::nullopt);
    EXPECT_EQ(unknown_workload(chosen_workloads), std::nullopt);
    EXPECT_EQ(unknown_workload(""), std::nullopt);
}

TEST(KnownWorkloads, AreNamedByTheNearestWhereOneIsNone) {
    EXPECT_EQ(unknown_workload("cpuid,page_frist_touch"),
              "there is no workload page_frist_touch; the nearest is page_first_touch, and "
              "docs/exit-prices.md lists them all");
    EXPECT_TRUE(unknown_workload("support"));
    EXPECT_TRUE(unknown_workload("cpuid,all"));
}

}  // namespace
}  // namespace exitscope::command::measure
