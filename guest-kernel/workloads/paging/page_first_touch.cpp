// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// The first write to pages that the host has never backed, one after the other.

#include "workloads/support/pages.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

arch::PageRange pages;

std::string_view prepare(std::uint64_t iterations) {
    return map_fresh_pages(pages, iterations);
}

void step(std::uint64_t index) {
    *arch::mapped_page(pages, index) = 1;
}

// Two-dimensional: one EPT violation or nested page fault a page, and nothing else; the host does not see the
// guest's own page tables. KVM maps one page at a time there. Shadow: one page fault a page. KVM fills
// neighbours ahead of time only where the guest's entry has its accessed bit set, and these do not.
constexpr Price price(const Subject& subject) {
    return {.each = {{translation_fault(subject), 1, "gpa:fresh"}}};
}

constexpr Workload page_first_touch = checked({
    .name = "page_first_touch",
    .summary = "first write to a page that the host has never backed",
    .why = "KVM maps a page when it is first used: one nested fault, or one page fault that fills the shadow "
           "entry",
    .source = "Linux mmu/tdp_mmu.c, kvm_tdp_mmu_map(); mmu/paging_tmpl.h, prefetch_gpte()",
    .group = Group::paging,
    .max_iterations = 1200,
    .skip_reason = skip_larger_nested,
    .prepare = prepare,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(page_first_touch);

}  // namespace

}  // namespace exitscope::workloads
