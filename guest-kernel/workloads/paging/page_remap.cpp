// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// Another frame for a mapped page, INVLPG, and a write: what an operating system does to replace a page.

#include "workloads/support/pages.h"
#include "workloads/support/tlb.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

arch::PageRange pages;
std::uint64_t frames[2];

// Two frames of the range take turns; their own linear addresses are not used. The second write to the page
// table lets KVM take its protection away, so that the steps' writes are free.
std::string_view prepare(std::uint64_t) {
    if (const auto problem = take_backed_pages(pages, 3); !problem.empty())
        return problem;
    for (const std::uint64_t i : {0U, 1U})
        frames[i] = reinterpret_cast<std::uint64_t>(arch::identity_page(pages, i + 1));
    for (const std::uint64_t i : {0U, 1U}) {
        arch::map_page_to(pages, i, frames[1], arch::PageAccess::writable);
        *arch::mapped_page(pages, i) = 1;
    }
    return {};
}

void step(std::uint64_t index) {
    arch::map_page_to(pages, 0, frames[index % 2], arch::PageAccess::writable);
    arch::invlpg(arch::mapped_page(pages, 0));
    *arch::mapped_page(pages, 0) = 1;
}

// Unlike page_invlpg_touch: the new entry's accessed bit is clear, so KVM does not fill its shadow in INVLPG.
constexpr Price price(const Subject& subject) {
    if (subject.paging == Paging::two_dimensional)
        return {};
    return {.each = {invlpg_of_shadow(subject), {translation_fault(subject), 1, "fault:shadow"}}};
}

constexpr Workload page_remap = checked({
    .name = "page_remap",
    .summary = "map a page to another frame, INVLPG, then write it",
    .why = "shadow: INVLPG exits and drops the shadow entry, and the write fills the new one; "
           "two-dimensional: the guest's tables are its own",
    .source =
        "Linux 6.1 mmu/paging_tmpl.h, FNAME(invlpg), FNAME(prefetch_invalid_gpte); 6.12 FNAME(sync_spte)",
    .group = Group::paging,
    .prepare = prepare,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(page_remap);

}  // namespace

}  // namespace exitscope::workloads
