// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// Eight pages in a row whose entries have accessed and dirty set: one fault fills all eight shadow entries.

#include "workloads/support/pages.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

arch::PageRange pages;

std::string_view prepare(std::uint64_t iterations) {
    return map_backed_pages(pages, iterations * prefetch_block, arch::PageAccess::writable_used);
}

void step(std::uint64_t index) {
    for (std::uint64_t i = 0; i < prefetch_block; ++i)
        *arch::mapped_page(pages, index * prefetch_block + i) = 1;
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
    .max_iterations = max_backed_iterations / prefetch_block,
    .prepare = prepare,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(page_block_touch);

}  // namespace

}  // namespace exitscope::workloads
