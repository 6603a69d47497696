// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// The first read of each of many pages where nothing is.

#include "workloads/support/pages.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

arch::PageRange pages;

/// Unassigned guest-physical addresses: no memory, and no device of QEMU's "pc". Each window takes new ones.
std::uint64_t next_nowhere = 0xd100'0000;

std::string_view prepare(std::uint64_t iterations) {
    if (const auto problem = take_backed_pages(pages, iterations); !problem.empty())
        return problem;
    for (std::uint64_t i = 0; i < iterations; ++i) {
        arch::map_page_to(pages, i, next_nowhere, arch::PageAccess::writable);
        next_nowhere += arch::page_size;
    }
    return {};
}

void step(std::uint64_t index) {
    static_cast<void>(*arch::mapped_page(pages, index));
}

// The fault that marks the page completes the access, too.
constexpr Price price(const Subject& subject) {
    return {.each = {{translation_fault(subject), 1, "gpa:mmio"}}};
}

constexpr Workload mmio_first_read = checked({
    .name = "mmio_first_read",
    .summary = "read an address where no memory is, for the first time",
    .why = "a translation fault, in which KVM marks the page as MMIO and emulates the access at once",
    .source = "Linux mmu/tdp_mmu.c, tdp_mmu_map_handle_target_level(): RET_PF_EMULATE",
    .group = Group::mmio,
    .max_iterations = max_backed_iterations,
    .prepare = prepare,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(mmio_first_read);

}  // namespace

}  // namespace exitscope::workloads
