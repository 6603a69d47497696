// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// What an operating system does when it takes a page away: one interrupt makes all other vCPUs drop their TLB
// entry for it, and the sender waits for them all.

#include "workloads/support/pages.h"
#include "workloads/support/receivers.h"
#include "workloads/support/tlb.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

arch::PageRange page;

std::string_view prepare(std::uint64_t) {
    if (const auto problem = touch_first_backed_page(page); !problem.empty())
        return problem;
    start_receivers(arch::running_processors() - 1, [] { arch::invlpg(arch::mapped_page(page, 0)); });
    return {};
}

void step(std::uint64_t index) {
    arch::send_interrupt_to_others(arch::ipi_vector);
    wait_for_receivers(index + 1);
}

constexpr Price price(const Subject& subject) {
    return {.each = {interrupts_sent(subject)}};
}

constexpr Price vm_price(const Subject& subject) {
    const std::uint32_t receivers = subject.vcpus - 1U;
    Price price{.each = {interrupts_sent(subject), interrupts_ended(subject, receivers)}};
    if (subject.paging == Paging::shadow)
        price.each.add(invlpg_of_shadow(subject, receivers));
    return price;
}

constexpr Workload tlb_shootdown = checked({
    .name = "tlb_shootdown",
    .summary = "an interrupt to all other vCPUs, where each does INVLPG",
    .why =
        "one WRMSR reaches all; each ends its interrupt (a WRMSR, none with APICv) and under shadow paging "
        "exits for INVLPG",
    .source = "Linux mm/tlb.c, flush_tlb_mm_range(); Intel SDM Vol. 3A, Issuing Interprocessor Interrupts",
    .group = Group::multiprocessor,
    .max_iterations = 3,
    .skip_reason = skip_without_processors,
    .prepare = prepare,
    .step = step,
    .finish = stop_receivers,
    .price = price,
    .vm_price = vm_price,
});

REGISTER_WORKLOAD(tlb_shootdown);

}  // namespace

}  // namespace exitscope::workloads
