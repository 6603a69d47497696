// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// A page table taken out of its directory and put back, then an access: what mapping a new table costs.

#include "arch/root_table.h"
#include "workloads/support/pages.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

arch::PageRange page;

// The load of CR3 syncs the table's shadow. Otherwise KVM would have to compare all 512 entries at each link.
std::string_view prepare(std::uint64_t) {
    if (const auto problem = touch_first_backed_page(page); !problem.empty())
        return problem;
    arch::reload_cr3();
    return {};
}

void step(std::uint64_t) {
    arch::unlink_page_table(page, 0);
    arch::link_page_table(page, 0);
    *arch::mapped_page(page, 0) = 1;
}

// Two writes in a row are no flood yet (page_directory_write has three), and the fault after them starts the
// count anew. The table's own shadow was kept: the fault only links it again.
constexpr Price price(const Subject& subject) {
    if (subject.paging == Paging::two_dimensional)
        return {};
    const auto fault = translation_fault(subject);
    return {.each = {{fault, 2, "gpa:page_directory"}, {fault, 1, "fault:shadow"}}};
}

constexpr Workload page_directory_map = checked({
    .name = "page_directory_map",
    .summary = "take a page table out of its directory, put it back, then write a page below it",
    .why = "shadow: KVM emulates both writes to the directory, and links the table's shadow anew at the "
           "access; two-dimensional: the guest's tables are its own",
    .source = "Linux mmu/mmu.c, mmu_page_zap_pte(), clear_sp_write_flooding_count()",
    .group = Group::paging,
    .prepare = prepare,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(page_directory_map);

}  // namespace

}  // namespace exitscope::workloads
