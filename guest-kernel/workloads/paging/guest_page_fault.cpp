// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// A page fault of the guest's own: the page is not present, the handler maps it, the access is done again.

#include "arch/control_register.h"
#include "arch/interrupts.h"
#include "workloads/support/pages.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

arch::PageRange pages;

void map_missing_page(arch::InterruptFrame&) {
    const auto first = reinterpret_cast<std::uint64_t>(arch::mapped_page(pages, 0));
    arch::map_page(pages, (arch::read_cr2() - first) / arch::page_size);
}

// The first two pages of each table are mapped and touched, so that KVM shadows the table and lets it be out
// of sync. Then they are unmapped again, for the steps.
std::string_view prepare(std::uint64_t iterations) {
    if (const auto problem = take_backed_pages(pages, iterations); !problem.empty())
        return problem;
    for (std::uint64_t i = 0; i < iterations; i += arch::pages_per_table) {
        for (const std::uint64_t offset : {0U, 1U}) {
            arch::map_page(pages, i + offset);
            *arch::mapped_page(pages, i + offset) = 1;
        }
        for (const std::uint64_t offset : {0U, 1U}) {
            arch::unmap_page(pages, i + offset);
            arch::invlpg(arch::mapped_page(pages, i + offset));
        }
    }
    arch::set_interrupt_handler(arch::page_fault_vector, map_missing_page);
    return {};
}

void step(std::uint64_t index) {
    *arch::mapped_page(pages, index) = 1;
}

void finish() {
    arch::set_interrupt_handler(arch::page_fault_vector, nullptr);
}

constexpr Price price(const Subject& subject) {
    if (subject.paging == Paging::two_dimensional)
        return {};
    const auto fault = translation_fault(subject);
    return {.each = {{fault, 1, "fault:guest"}, {fault, 1, "fault:shadow"}}};
}

constexpr Workload guest_page_fault = checked({
    .name = "guest_page_fault",
    .summary = "write a page that is not present; the guest's handler maps it",
    .why = "shadow: KVM takes the fault and hands it to the guest, then fills its shadow at the second; "
           "two-dimensional: the guest takes it itself",
    .source = "Linux vmx/vmx.c, vmx_update_exception_bitmap(); mmu/paging_tmpl.h, FNAME(page_fault)",
    .group = Group::paging,
    .max_iterations = max_backed_iterations,
    .prepare = prepare,
    .step = step,
    .finish = finish,
    .price = price,
});

REGISTER_WORKLOAD(guest_page_fault);

}  // namespace

}  // namespace exitscope::workloads
