// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// A write to a page directory that KVM shadows: only last-level tables may be out of sync.

#include "workloads/support/pages.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

arch::PageRange page;

std::string_view prepare(std::uint64_t) {
    return touch_first_backed_page(page);
}

// The third write in a row makes KVM take it for a page that is no page table any more, and drop its shadow;
// the access after it builds all levels anew with one page fault.
void step(std::uint64_t) {
    for (std::uint64_t write = 1; write <= 3; ++write)
        arch::write_unused_directory_entry(write << 12);
    *arch::mapped_page(page, 0) = 1;
}

constexpr Price price(const Subject& subject) {
    if (subject.paging == Paging::two_dimensional)
        return {};
    const auto fault = translation_fault(subject);
    return {.each = {{fault, 3, "gpa:page_directory"}, {fault, 1, "fault:shadow"}}};
}

constexpr Workload page_directory_write = checked({
    .name = "page_directory_write",
    .summary = "three writes to a page directory in use, then an access below it",
    .why = "shadow: KVM emulates each write; the third is a flood to it, so it drops the shadow, which the "
           "access builds anew",
    .source = "Linux mmu/mmu.c, detect_write_flooding()",
    .group = Group::paging,
    .prepare = prepare,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(page_directory_write);

}  // namespace

}  // namespace exitscope::workloads
