// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// Maps a page anew in the guest's page table, then writes it. The host has backed every page before.

#include "workloads/fresh_pages.h"
#include "workloads/workload.h"

namespace exitscope {

namespace {

/// Each page table keeps its last entry for a page that is mapped and touched beforehand, so that KVM
/// shadows the table, and write-protects it, when the loop begins.
constexpr std::uint64_t pages_mapped_per_table = arch::pages_per_table - 1;

arch::PageRange pages;

constexpr std::uint64_t tables_for(std::uint64_t iterations) {
    return (iterations + pages_mapped_per_table - 1) / pages_mapped_per_table;
}

constexpr std::uint64_t page_index(std::uint64_t i) {
    return i / pages_mapped_per_table * arch::pages_per_table + i % pages_mapped_per_table;
}

static_assert(tables_for(511) == 1 && tables_for(512) == 2);
static_assert(page_index(510) == 510 && page_index(511) == 512);

// Two-dimensional: the guest's page tables are its own, and the pages are there already.
// Shadow: the first write to a write-protected last-level table is a page fault, after which KVM lets
// the table run out of step (Linux 6.1, arch/x86/kvm/mmu/mmu.c, mmu_try_to_unsync_pages), and then each
// page is a page fault that fills its shadow entry.
constexpr Expected expected(const Subject& subject, std::uint64_t iterations) {
    if (subject.paging == Paging::two_dimensional)
        return {};
    return {{subject.reason(VmxExitReason::exception_nmi, SvmExitReason::excp_pf),
             iterations + tables_for(iterations)}};
}

std::string_view prepare(std::uint64_t iterations) {
    const std::uint64_t tables = tables_for(iterations);
    if (const auto problem = take_fresh_pages(pages, tables * arch::pages_per_table); !problem.empty())
        return problem;
    for (std::uint64_t i = 0; i < iterations; ++i)
        *arch::identity_page(pages, page_index(i)) = 1;
    for (std::uint64_t table = 1; table <= tables; ++table) {
        const std::uint64_t last = table * arch::pages_per_table - 1;
        arch::map_page(pages, last);
        *arch::mapped_page(pages, last) = 1;
    }
    return {};
}

void run(std::uint64_t iterations) {
    for (std::uint64_t i = 0; i < iterations; ++i) {
        arch::map_page(pages, page_index(i));
        *arch::mapped_page(pages, page_index(i)) = 2;
    }
}

constexpr Workload page_map_touch = checked({
    .name = "page_map_touch",
    .summary = "map a page anew in the guest, then write it",
    .group = Group::paging,
    .prepare = prepare,
    .run = run,
    .expected = expected,
});

REGISTER_WORKLOAD(page_map_touch);

}  // namespace

}  // namespace exitscope
