// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// Nothing at all: whatever this costs is the measuring's own. A canary.

#include "workloads/workload.h"

namespace exitscope {

namespace {

constexpr Expected expected(const Subject&, std::uint64_t) {
    return {};
}

void run(std::uint64_t) {}

constexpr Workload empty = checked({
    .name = "empty",
    .summary = "nothing",
    .group = Group::canary,
    .run = run,
    .expected = expected,
});

REGISTER_WORKLOAD(empty);

}  // namespace

}  // namespace exitscope
