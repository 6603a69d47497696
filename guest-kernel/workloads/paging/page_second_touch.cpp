// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// A second write to pages that were written before: free under both kinds of paging.

#include "workloads/support/pages.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

arch::PageRange pages;

std::string_view prepare(std::uint64_t iterations) {
    if (const auto problem = take_backed_pages(pages, iterations); !problem.empty())
        return problem;
    for (std::uint64_t i = 0; i < iterations; ++i) {
        arch::map_page(pages, i);
        *arch::mapped_page(pages, i) = 1;
    }
    return {};
}

void step(std::uint64_t index) {
    *arch::mapped_page(pages, index) = 2;
}

constexpr Price price(const Subject&) {
    return {};
}

constexpr Workload page_second_touch = checked({
    .name = "page_second_touch",
    .summary = "second write to a page",
    .why = "the first write left a complete translation, nested or shadow, behind",
    .source = "Linux mmu/tdp_mmu.c, kvm_tdp_mmu_map(); mmu/paging_tmpl.h, fetch()",
    .group = Group::paging,
    .max_iterations = max_backed_iterations,
    .prepare = prepare,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(page_second_touch);

}  // namespace

}  // namespace exitscope::workloads
