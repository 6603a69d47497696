// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// Eight pages in a row whose entries have accessed and dirty set: one fault fills all eight shadow entries.

#include "workloads/support/pages.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

arch::PageRange pages;

/// Source: Linux, arch/x86/kvm/mmu/mmu.c, PTE_PREFETCH_NUM.
constexpr std::uint64_t block = 8;

std::string_view prepare(std::uint64_t iterations) {
    if (const auto problem = take_backed_pages(pages, iterations * block); !problem.empty())
        return problem;
    for (std::uint64_t i = 0; i < iterations * block; ++i)
        arch::map_page(pages, i, arch::PageAccess::writable_used);
    return {};
}

void step(std::uint64_t index) {
    for (std::uint64_t i = 0; i < block; ++i)
        *arch::mapped_page(pages, index * block + i) = 1;
}

constexpr Price price(const Subject& subject) {
    return page_faults_of_shadow(subject, 1);
}

constexpr Workload page_block_touch = checked({
    .name = "page_block_touch",
    .summary = "write eight neighbouring backed pages, accessed and dirty set",
    .why = "shadow: a fault fills the entries of eight neighbours whose accessed bit is set; "
           "two-dimensional: the pages are there",
    .source = "Linux mmu/mmu.c, PTE_PREFETCH_NUM; mmu/paging_tmpl.h, FNAME(pte_prefetch)",
    .group = Group::paging,
    .max_iterations = max_backed_iterations / block,
    .prepare = prepare,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(page_block_touch);

}  // namespace

}  // namespace exitscope::workloads
