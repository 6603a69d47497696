// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// Nothing at all: any exit here is one of the measuring's own. A canary.

#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

void step(std::uint64_t) {}

constexpr Price price(const Subject&) {
    return {};
}

constexpr Workload empty = checked({
    .name = "empty",
    .summary = "nothing",
    .why = "whatever this costs is the measuring's own",
    .source = "docs/report.md",
    .group = Group::canary,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(empty);

}  // namespace

}  // namespace exitscope::workloads
