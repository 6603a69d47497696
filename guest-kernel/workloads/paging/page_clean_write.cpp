// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// The dirty bit of a page cleared, INVLPG, and a write: how an operating system finds out what was written.

#include "workloads/support/pages.h"
#include "workloads/support/tlb.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

arch::PageRange pages;

// The second write to the page table lets KVM take its protection away, so that the steps' writes are free.
std::string_view prepare(std::uint64_t) {
    if (const auto problem = take_backed_pages(pages, 2); !problem.empty())
        return problem;
    for (const std::uint64_t i : {0U, 1U}) {
        arch::map_page(pages, i);
        *arch::mapped_page(pages, i) = 1;
    }
    return {};
}

void step(std::uint64_t) {
    arch::map_page(pages, 0, arch::PageAccess::writable_clean);
    arch::invlpg(arch::mapped_page(pages, 0));
    *arch::mapped_page(pages, 0) = 1;
}

constexpr Price price(const Subject& subject) {
    if (subject.paging == Paging::two_dimensional)
        return {};
    return {.each = {invlpg_of_shadow(subject), {translation_fault(subject), 1, "fault:dirty"}}};
}

constexpr Workload page_clean_write = checked({
    .name = "page_clean_write",
    .summary = "clear a page's dirty bit, INVLPG, then write it",
    .why = "shadow: INVLPG exits and makes the shadow entry read-only, so the write faults and sets the bit; "
           "two-dimensional: the CPU sets it",
    .source = "Linux mmu/paging_tmpl.h, protect_clean_gpte()",
    .group = Group::paging,
    .prepare = prepare,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(page_clean_write);

}  // namespace

}  // namespace exitscope::workloads
