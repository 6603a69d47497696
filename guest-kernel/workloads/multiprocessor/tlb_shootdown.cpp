// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// What an operating system does when it takes a page away: one interrupt makes all other vCPUs drop their TLB
// entry for it, and the sender waits for them all.

#include "arch/control_register.h"
#include "workloads/support/pages.h"
#include "workloads/support/receivers.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

arch::PageRange page;
std::uint32_t others = 0;

std::string_view skip_reason(const Subject& subject) {
    others = subject.vcpus - 1U;
    return skip_without_processors(subject);
}

std::string_view prepare(std::uint64_t) {
    if (const auto problem = take_backed_pages(page, 1); !problem.empty())
        return problem;
    arch::map_page(page, 0);
    *arch::mapped_page(page, 0) = 1;
    summon_receivers(others, [] { arch::invlpg(arch::mapped_page(page, 0)); });
    return {};
}

void step(std::uint64_t index) {
    arch::send_interrupt_to_others(arch::ipi_vector);
    wait_for_receivers(index + 1);
}

constexpr Price price(const Subject& subject) {
    return {.each = {{msr_write(subject), 1, "msr:0x830"}}};
}

constexpr Price vm_price(const Subject& subject) {
    const std::uint32_t receivers = subject.vcpus - 1U;
    Price price{.each = {{msr_write(subject), 1, "msr:0x830"},
                         {msr_write(subject), receivers * subject.exits_per_eoi, "msr:0x80b"}}};
    if (subject.paging == Paging::shadow)
        price.each.add({subject.reason(VmxExitReason::invlpg, SvmExitReason::invlpg), receivers});
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
    .skip_reason = skip_reason,
    .prepare = prepare,
    .step = step,
    .finish = dismiss_receivers,
    .price = price,
    .vm_price = vm_price,
});

REGISTER_WORKLOAD(tlb_shootdown);

}  // namespace

}  // namespace exitscope::workloads
