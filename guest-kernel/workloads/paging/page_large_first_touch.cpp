// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// The first write to pages that the host has never backed, seen through 2 MiB pages of the guest.

#include "workloads/support/pages.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

arch::PageRange pages;
std::uint64_t tables = 0;

std::string_view prepare(std::uint64_t iterations) {
    if (const auto problem = take_fresh_pages(pages, iterations); !problem.empty())
        return problem;
    tables = tables_of(iterations);
    map_large_pages(pages, tables);
    return {};
}

void step(std::uint64_t index) {
    *arch::mapped_page(pages, index) = 1;
}

void finish() {
    link_page_tables(pages, tables);
}

// What counts is the size of the host's page, not of the guest's. Shadow: KVM splits the guest's page into a
// table of its own; it fills neighbours ahead of time only if the host has them already, and nobody has
// touched those.
constexpr Price price(const Subject& subject) {
    return {.each = {{translation_fault(subject), 1, "gpa:fresh"}}};
}

constexpr Workload page_large_first_touch = checked({
    .name = "page_large_first_touch",
    .summary = "first write to 4 KiB that the host has never backed, in a guest page of 2 MiB",
    .why = "the host backs the guest in 4 KiB, so KVM maps 4 KiB a fault however large the guest's page is",
    .source = "Linux mmu/mmu.c, kvm_mmu_hugepage_adjust(), direct_pte_prefetch_many()",
    .group = Group::paging,
    .max_iterations = 600,
    .skip_reason = skip_larger_backing,
    .prepare = prepare,
    .step = step,
    .finish = finish,
    .price = price,
});

REGISTER_WORKLOAD(page_large_first_touch);

}  // namespace

}  // namespace exitscope::workloads
