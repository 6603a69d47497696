// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// INVLPG of a page, then a write to it: under shadow paging only the first exits.

#include "workloads/support/pages.h"
#include "workloads/support/tlb.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

arch::PageRange page;

std::string_view prepare(std::uint64_t) {
    return touch_first_backed_page(page);
}

// The write costs nothing: INVLPG does not leave a hole in the shadow. Linux 6.1 drops the entry of a table
// that is out of sync and fills it anew at once, because the guest's entry has its accessed bit set. 6.12
// only syncs it.
void step(std::uint64_t) {
    arch::invlpg(arch::mapped_page(page, 0));
    *arch::mapped_page(page, 0) = 1;
}

constexpr Workload page_invlpg_touch = checked({
    .name = "page_invlpg_touch",
    .summary = "INVLPG of a page, then a write to it",
    .why = "shadow: INVLPG exits, and KVM brings the shadow entry up to date in that exit, so the write "
           "finds it",
    .source = "Linux 6.1 mmu/paging_tmpl.h, FNAME(invlpg); 6.12 mmu/mmu.c, kvm_mmu_invalidate_addr()",
    .group = Group::paging,
    .prepare = prepare,
    .step = step,
    .price = invlpg_price,
});

REGISTER_WORKLOAD(page_invlpg_touch);

}  // namespace

}  // namespace exitscope::workloads
