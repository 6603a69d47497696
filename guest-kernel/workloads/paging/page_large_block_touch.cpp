// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// Eight neighbouring 4 KiB in a guest page of 2 MiB that the host has backed: one fault fills all eight.

#include "workloads/support/pages.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

arch::PageRange pages;
std::uint64_t tables = 0;

// The host backs the pages through guest entries of 4 KiB, not through the identity mapping. That consists of
// pages of 2 MiB, as the steps' mapping does, and KVM has one shadow table for both, which would be filled
// already.
std::string_view prepare(std::uint64_t iterations) {
    if (const auto problem = take_fresh_pages(pages, iterations * prefetch_block); !problem.empty())
        return problem;
    for (std::uint64_t i = 0; i < iterations * prefetch_block; ++i) {
        arch::map_page(pages, i);
        *arch::mapped_page(pages, i) = 1;
    }
    tables = tables_of(iterations * prefetch_block);
    map_large_pages(pages, tables);
    return {};
}

void step(std::uint64_t index) {
    for (std::uint64_t i = 0; i < prefetch_block; ++i)
        *arch::mapped_page(pages, index * prefetch_block + i) = 1;
}

void finish() {
    link_page_tables(pages, tables);
}

constexpr Price price(const Subject& subject) {
    return page_faults_of_shadow(subject, 1);
}

constexpr Workload page_large_block_touch = checked({
    .name = "page_large_block_touch",
    .summary = "write eight neighbouring backed 4 KiB of a guest page of 2 MiB",
    .why = "shadow: KVM splits the page, as the host backs 4 KiB, and fills eight entries a fault; "
           "two-dimensional: the pages are there",
    .source = "Linux mmu/mmu.c, PTE_PREFETCH_NUM, __direct_pte_prefetch()",
    .group = Group::paging,
    .max_iterations = 128,
    .skip_reason = skip_larger_backing,
    .prepare = prepare,
    .step = step,
    .finish = finish,
    .price = price,
});

REGISTER_WORKLOAD(page_large_block_touch);

}  // namespace

}  // namespace exitscope::workloads
