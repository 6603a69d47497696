// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// Writes to a page table that KVM shadows, one after the other: only the first is seen.

#include "arch/root_table.h"
#include "workloads/support/pages.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

arch::PageRange pages;

std::string_view prepare(std::uint64_t) {
    if (const auto problem = touch_first_backed_page(pages, 2); !problem.empty())
        return problem;
    arch::reload_cr3();
    return {};
}

// The second page is never touched, so that its entry alone changes.
void step(std::uint64_t) {
    arch::map_page(pages, 1);
}

constexpr Price price(const Subject& subject) {
    if (subject.paging == Paging::two_dimensional)
        return {};
    return {.once = {{translation_fault(subject), 1, "gpa:page_table"}}};
}

constexpr Workload page_table_write_again = checked({
    .name = "page_table_write_again",
    .summary = "write an entry of a page table in use, again and again",
    .why = "shadow: the first write finds the table write-protected, and KVM lets it run out of step until "
           "CR3 is loaded or INVLPG comes",
    .source = "Linux mmu/mmu.c, mmu_try_to_unsync_pages()",
    .group = Group::paging,
    .prepare = prepare,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(page_table_write_again);

}  // namespace

}  // namespace exitscope::workloads
