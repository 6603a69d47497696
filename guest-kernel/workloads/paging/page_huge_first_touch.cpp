// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// 2 MiB that the host backs with one page of its own, in a guest page of 2 MiB: what transparent huge pages
// save.

#include "workloads/support/pages.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

arch::PageRange pages;
std::uint64_t tables = 0;

std::string_view skip_reason(const Subject& subject) {
    return subject.backing == Backing::larger
               ? ""
               : "the host backs guest memory with pages of 4 KiB (transparent huge pages are off?)";
}

std::string_view prepare(std::uint64_t iterations) {
    tables = iterations;
    if (const auto problem = take_fresh_pages(pages, tables * arch::pages_per_table); !problem.empty())
        return problem;
    map_large_pages(pages, tables);
    return {};
}

// At both ends and in the middle: with pages of 4 KiB that would be three faults.
void step(std::uint64_t index) {
    const auto first = index * arch::pages_per_table;
    for (const std::uint64_t page : {std::uint64_t{0}, arch::pages_per_table / 2, arch::pages_per_table - 1})
        *arch::mapped_page(pages, first + page) = 1;
}

void finish() {
    link_page_tables(pages, tables);
}

constexpr Price price(const Subject& subject) {
    return {.each = {{translation_fault(subject), 1, "gpa:fresh"}}};
}

constexpr Workload page_huge_first_touch = checked({
    .name = "page_huge_first_touch",
    .summary = "first writes all over 2 MiB that the host backs with one page, in a guest page of 2 MiB",
    .why = "KVM maps the host's 2 MiB by one entry, nested or shadowed, as the guest's page is no smaller",
    .source = "Linux mmu/mmu.c, kvm_mmu_hugepage_adjust(), host_pfn_mapping_level()",
    .group = Group::paging,
    .max_iterations = 4,
    .skip_reason = skip_reason,
    .prepare = prepare,
    .step = step,
    .finish = finish,
    .price = price,
});

REGISTER_WORKLOAD(page_huge_first_touch);

}  // namespace

}  // namespace exitscope::workloads
