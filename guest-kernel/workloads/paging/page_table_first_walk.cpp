// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// A read below a page table that the host has never backed: the CPU walks into it.

#include "arch/page_touch.h"
#include "workloads/support/pages.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

arch::PageRange tables;

std::string_view prepare(std::uint64_t iterations) {
    if (const auto problem = take_fresh_pages(tables, iterations); !problem.empty())
        return problem;
    for (std::uint64_t i = 0; i < iterations; ++i)
        arch::link_spare_table(tables, i);
    return {};
}

void step(std::uint64_t index) {
    arch::try_to_read(arch::page_of_spare_table(index));
}

// Fresh memory is zero, so that the table maps nothing and the read ends in a page fault of the guest's.
// Shadow: KVM walks the guest's tables itself, in that one exit.
constexpr Price price(const Subject& subject) {
    const bool nested = subject.paging == Paging::two_dimensional;
    return {.each = {{translation_fault(subject), 1, nested ? "gpa:fresh" : "fault:guest"}}};
}

constexpr Workload page_table_first_walk = checked({
    .name = "page_table_first_walk",
    .summary = "read a page whose page table the host has never backed",
    .why = "two-dimensional: the CPU's own walk needs the table's translation; shadow: the page fault exits, "
           "and KVM hands it to the guest",
    .source = "Intel SDM Vol. 3C, EPT Violations; Linux mmu/paging_tmpl.h, FNAME(walk_addr_generic)",
    .group = Group::paging,
    .max_iterations = arch::spare_tables / 2,
    .skip_reason = skip_larger_nested,
    .prepare = prepare,
    .step = step,
    .finish = arch::unlink_spare_tables,
    .price = price,
});

REGISTER_WORKLOAD(page_table_first_walk);

}  // namespace

}  // namespace exitscope::workloads
