// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// Maps a page anew in the guest's page table, then writes it. The host has backed every page before.

#include "workloads/support/pages.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

/// Each page table keeps its last two entries for pages that are mapped and touched beforehand.
constexpr std::uint64_t pages_mapped_per_table = arch::pages_per_table - 2;

arch::PageRange pages;

constexpr std::uint64_t tables_for(std::uint64_t iterations) {
    return (iterations + pages_mapped_per_table - 1) / pages_mapped_per_table;
}

constexpr std::uint64_t page_index(std::uint64_t i) {
    return i / pages_mapped_per_table * arch::pages_per_table + i % pages_mapped_per_table;
}

static_assert(tables_for(510) == 1 && tables_for(511) == 2);
constexpr std::uint64_t most_iterations =
    arch::backed_pages / arch::pages_per_table * pages_mapped_per_table / 2;

static_assert(page_index(509) == 509 && page_index(510) == 512);

// Touching the last page of a table makes KVM shadow and write-protect the table; mapping the last but one is
// the write that takes the protection away again, once for all that follow (mmu_try_to_unsync_pages()).
std::string_view prepare(std::uint64_t iterations) {
    const std::uint64_t tables = tables_for(iterations);
    if (const auto problem = take_backed_pages(pages, tables * arch::pages_per_table); !problem.empty())
        return problem;
    for (std::uint64_t table = 1; table <= tables; ++table) {
        for (const std::uint64_t from_last : {1U, 2U}) {
            const std::uint64_t page = table * arch::pages_per_table - from_last;
            arch::map_page(pages, page);
            *arch::mapped_page(pages, page) = 1;
        }
    }
    return {};
}

void step(std::uint64_t index) {
    arch::map_page(pages, page_index(index));
    *arch::mapped_page(pages, page_index(index)) = 2;
}

constexpr Price price(const Subject& subject) {
    return page_faults_of_shadow(subject, 1);
}

constexpr Workload page_map_touch = checked({
    .name = "page_map_touch",
    .summary = "map a page anew in the guest, then write it",
    .why = "two-dimensional: the guest's page tables are its own; shadow: one page fault fills the new "
           "shadow entry",
    .source = "Linux mmu/mmu.c, mmu_try_to_unsync_pages(); mmu/paging_tmpl.h, FNAME(page_fault)",
    .group = Group::paging,
    .max_iterations = most_iterations,
    .prepare = prepare,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(page_map_touch);

}  // namespace

}  // namespace exitscope::workloads
