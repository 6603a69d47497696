// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// A read, then a write of a page that is backed, accessed and dirty clear: KVM tracks the dirty bit in its
// shadow.

#include "workloads/support/pages.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

arch::PageRange pages;

std::string_view prepare(std::uint64_t iterations) {
    return map_backed_pages(pages, iterations);
}

void step(std::uint64_t index) {
    static_cast<void>(*arch::mapped_page(pages, index));
    *arch::mapped_page(pages, index) = 1;
}

// The shadow entry of a page whose guest entry is not dirty is read-only, so that the first write is seen.
constexpr Price price(const Subject& subject) {
    return page_faults_of_shadow(subject, 2);
}

constexpr Workload page_read_write = checked({
    .name = "page_read_write",
    .summary = "read, then write a backed page, dirty bit clear",
    .why = "shadow: the entry is read-only until the guest's dirty bit is set, so both accesses fault; "
           "two-dimensional: the CPU sets the bit",
    .source = "Linux mmu/paging_tmpl.h, protect_clean_gpte()",
    .group = Group::paging,
    .max_iterations = max_backed_iterations,
    .prepare = prepare,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(page_read_write);

}  // namespace

}  // namespace exitscope::workloads
