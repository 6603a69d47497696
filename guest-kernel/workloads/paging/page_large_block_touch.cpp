// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// Eight neighbouring 4 KiB in a guest page of 2 MiB that the host has backed: one fault fills all eight.

#include "workloads/support/pages.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

arch::PageRange pages;
std::uint64_t tables = 0;

/// Source: Linux, arch/x86/kvm/mmu/mmu.c, PTE_PREFETCH_NUM.
constexpr std::uint64_t block = 8;

// The host backs the pages by way of entries of 4 KiB. Not by the identity mapping, which consists of 2 MiB
// pages too: KVM has one table of its own for both, and would have filled it then.
std::string_view prepare(std::uint64_t iterations) {
    if (const auto problem = take_fresh_pages(pages, iterations * block); !problem.empty())
        return problem;
    for (std::uint64_t i = 0; i < iterations * block; ++i) {
        arch::map_page(pages, i);
        *arch::mapped_page(pages, i) = 1;
    }
    tables = (iterations * block + arch::pages_per_table - 1) / arch::pages_per_table;
    for (std::uint64_t table = 0; table < tables; ++table)
        arch::map_large_page(pages, table);
    return {};
}

void step(std::uint64_t index) {
    for (std::uint64_t i = 0; i < block; ++i)
        *arch::mapped_page(pages, index * block + i) = 1;
}

void finish() {
    for (std::uint64_t table = 0; table < tables; ++table)
        arch::link_page_table(pages, table);
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
