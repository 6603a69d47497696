// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// The first read of pages that the host has never backed: it finds the zero page.

#include "workloads/support/pages.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

arch::PageRange pages;

std::string_view prepare(std::uint64_t iterations) {
    return map_fresh_pages(pages, iterations);
}

void step(std::uint64_t index) {
    static_cast<void>(*arch::mapped_page(pages, index));
}

// The host copies nothing for a read, so the fault is over at once; page_first_read_write says what a write
// costs afterwards.
constexpr Price price(const Subject& subject) {
    return {.each = {{translation_fault(subject), 1, "gpa:fresh"}}};
}

constexpr Workload page_first_read = checked({
    .name = "page_first_read",
    .summary = "first read of a page that the host has never backed",
    .why =
        "KVM maps the zero page read-only: one nested fault, or one page fault that fills the shadow entry",
    .source = "Linux kvm_main.c, hva_to_pfn_slow(); mmu/tdp_mmu.c, kvm_tdp_mmu_map()",
    .group = Group::paging,
    .max_iterations = 600,
    .skip_reason = skip_larger_nested,
    .prepare = prepare,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(page_first_read);

}  // namespace

}  // namespace exitscope::workloads
