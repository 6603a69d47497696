// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// The first instruction fetch from pages that the host has backed.

#include "arch/page_touch.h"
#include "workloads/support/pages.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

arch::PageRange pages;

std::string_view prepare(std::uint64_t iterations) {
    if (const auto problem = take_backed_pages(pages, iterations); !problem.empty())
        return problem;
    for (std::uint64_t i = 0; i < iterations; ++i) {
        *arch::identity_page(pages, i) = arch::return_opcode;
        arch::map_page(pages, i);
    }
    return {};
}

void step(std::uint64_t index) {
    arch::call_code(arch::mapped_page(pages, index));
}

// KVM lets the guest execute whatever it maps in 4 KiB. Only a larger page may have to be split for the first
// fetch (nx_huge_pages), which is why larger nested pages are not for this workload.
constexpr Price price(const Subject& subject) {
    return page_faults_of_shadow(subject, 1);
}

constexpr Workload page_execute = checked({
    .name = "page_execute",
    .summary = "call a RET in a page that was written, but never executed",
    .why = "shadow: a fetch fills the entry as a read does; two-dimensional: the write before left a page "
           "that may be executed",
    .source = "Linux mmu/spte.c, make_spte(); mmu/mmu_internal.h, is_nx_huge_page_enabled()",
    .group = Group::paging,
    .max_iterations = max_backed_iterations,
    .skip_reason = skip_larger_nested,
    .prepare = prepare,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(page_execute);

}  // namespace

}  // namespace exitscope::workloads
