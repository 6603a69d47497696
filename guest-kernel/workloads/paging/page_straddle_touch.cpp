// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// One instruction that writes to two pages, each for the first time.

#include "arch/page_touch.h"
#include "workloads/support/pages.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

arch::PageRange pages;

std::string_view prepare(std::uint64_t iterations) {
    return map_fresh_pages(pages, 2 * iterations);
}

void step(std::uint64_t index) {
    constexpr std::uint64_t in_first_page = 4;
    arch::write_8_bytes(arch::mapped_page(pages, 2 * index + 1) - in_first_page);
}

// The instruction starts anew after each fault, and writes nothing before both pages are there.
constexpr Price price(const Subject& subject) {
    return {.each = {{translation_fault(subject), 2, "gpa:fresh"}}};
}

constexpr Workload page_straddle_touch = checked({
    .name = "page_straddle_touch",
    .summary = "one write to the end of a page and the beginning of the next, both never backed",
    .why = "an instruction may exit more than once: each page that it needs has its own fault",
    .source = "Intel SDM Vol. 3C, EPT Violations; Linux mmu/tdp_mmu.c, kvm_tdp_mmu_map()",
    .group = Group::paging,
    .max_iterations = 400,
    .skip_reason = skip_larger_nested,
    .prepare = prepare,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(page_straddle_touch);

}  // namespace

}  // namespace exitscope::workloads
