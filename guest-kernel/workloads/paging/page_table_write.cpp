// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// A write to a page table that KVM shadows, and the load of CR3 that makes it protect the table again.

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
    arch::reload_cr3();
}

constexpr Price price(const Subject& subject) {
    if (subject.paging == Paging::two_dimensional)
        return {};
    return {.each = {{translation_fault(subject), 1, "gpa:page_table"},
                     {subject.reason(VmxExitReason::cr_access, SvmExitReason::cr3_write), 1, "cr:3"}}};
}

constexpr Workload page_table_write = checked({
    .name = "page_table_write",
    .summary = "write an entry of a page table in use, then load CR3",
    .why = "shadow: the write finds the table write-protected, KVM lets it run out of step, and the load of "
           "CR3 puts it in step and protects it again",
    .source = "Linux mmu/mmu.c, mmu_try_to_unsync_pages(), kvm_mmu_sync_roots()",
    .group = Group::paging,
    .prepare = prepare,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(page_table_write);

}  // namespace

}  // namespace exitscope::workloads
