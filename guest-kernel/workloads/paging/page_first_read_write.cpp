// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// A read, then a write of a page that the host has never backed: the read finds the zero page, the write a
// copy.

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
    *arch::mapped_page(pages, index) = 1;
}

// The write costs two: copying the zero page away invalidates KVM's view of the page (mmu notifier) in the
// middle of the fault that asked for the copy, so that this fault is given up as stale, and the next one maps
// the copy.
constexpr Price price(const Subject& subject) {
    return {
        .each = {{translation_fault(subject), 1, "gpa:fresh"}, {translation_fault(subject), 2, "gpa:zero"}}};
}

constexpr Workload page_first_read_write = checked({
    .name = "page_first_read_write",
    .summary = "read, then write a page that the host has never backed",
    .why = "the read maps the host's zero page; the write's first fault makes the host copy it, which makes "
           "that very fault stale, the second maps the copy",
    .source = "Linux kvm_main.c, hva_to_pfn_slow(); mmu/mmu.c, is_page_fault_stale()",
    .group = Group::paging,
    .max_iterations = 600,
    .skip_reason = skip_larger_backing,
    .prepare = prepare,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(page_first_read_write);

}  // namespace

}  // namespace exitscope::workloads
