// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// A second write to pages that were written before: free under both kinds of paging.

#include "workloads/fresh_pages.h"
#include "workloads/workload.h"

namespace exitscope {

namespace {

arch::PageRange pages;

constexpr Expected expected(const Subject&, std::uint64_t) {
    return {};
}

std::string_view prepare(std::uint64_t iterations) {
    if (const auto problem = take_fresh_pages(pages, iterations); !problem.empty())
        return problem;
    for (std::uint64_t i = 0; i < iterations; ++i) {
        arch::map_page(pages, i);
        *arch::mapped_page(pages, i) = 1;
    }
    return {};
}

void run(std::uint64_t iterations) {
    for (std::uint64_t i = 0; i < iterations; ++i)
        *arch::mapped_page(pages, i) = 2;
}

constexpr Workload page_second_touch = checked({
    .name = "page_second_touch",
    .summary = "second write to a page",
    .group = Group::paging,
    .prepare = prepare,
    .run = run,
    .expected = expected,
});

REGISTER_WORKLOAD(page_second_touch);

}  // namespace

}  // namespace exitscope
