// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// INVLPG of one mapped page: shadow paging must see it, two-dimensional paging need not.

#include "workloads/support/pages.h"
#include "workloads/support/tlb.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

arch::PageRange page;

std::string_view prepare(std::uint64_t) {
    return touch_first_backed_page(page);
}

// The page is not touched again, so dropping its shadow entry costs no page fault here.
void step(std::uint64_t) {
    arch::invlpg(arch::mapped_page(page, 0));
}

constexpr Workload invlpg = checked({
    .name = "invlpg",
    .summary = "INVLPG of one mapped page",
    .why = "under shadow paging KVM has to drop its shadow entry; EPT and NPT leave the TLB to the guest",
    .source = "Intel SDM Vol. 3C, INVLPG exiting; Linux svm/svm.c, init_vmcb(): INTERCEPT_INVLPG",
    .group = Group::paging,
    .prepare = prepare,
    .step = step,
    .price = invlpg_price,
});

REGISTER_WORKLOAD(invlpg);

}  // namespace

}  // namespace exitscope::workloads
