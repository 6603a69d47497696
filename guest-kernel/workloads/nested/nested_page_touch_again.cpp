// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// A nested guest without nested paging of its own writes to pages that its hypervisor has written to before.
// KVM keeps page tables for a nested guest that are not those of its own guest, so it faults again.

#include "arch/nested/hypervisor_memory.h"
#include "workloads/support/nested.h"
#include "workloads/support/pages.h"

namespace exitscope::workloads {

namespace {

arch::PageRange pages;

/// Maps fresh pages after a write to each through the identity mapping. The entries' accessed bits stay
/// clear, so that KVM fills no neighbours ahead of time.
std::string_view map_written_pages(arch::PageRange& range, std::uint64_t count) {
    const auto problem = map_fresh_pages(range, count);
    for (std::uint64_t page = 0; problem.empty() && page < count; ++page)
        *arch::identity_page(range, page) = 1;
    return problem;
}

std::string_view skip_reason(const Subject& subject) {
    const auto reason = skip_without_nested(subject);
    return reason.empty() ? skip_larger_nested(subject) : reason;
}

std::string_view prepare(std::uint64_t iterations) {
    if (const auto problem = map_written_pages(pages, iterations + 1); !problem.empty())
        return problem;
    // One page more, for the tables on the way to all of them.
    return prepare_nested({}, arch::nested_write, arch::address_of(arch::mapped_page(pages, iterations)));
}

void step(std::uint64_t index) {
    do_nested(arch::nested_write, arch::address_of(arch::mapped_page(pages, index)));
}

constexpr Price price(const Subject& subject) {
    return nested_turn_with(subject, translation_fault(subject));
}

constexpr Workload nested_page_touch_again = checked({
    .name = "nested_page_touch_again",
    .summary = "first write of a nested guest without nested paging to a page that its hypervisor uses, and "
               "a hypercall",
    .why = "the role of KVM's page tables says whether a nested guest runs on them, so they are filled once "
           "more",
    .source = "Linux mmu/mmu.c, kvm_calc_cpu_role(): guest_mode; kvm_calc_tdp_mmu_root_page_role()",
    .group = Group::nested,
    .max_iterations = most_nested_pages,
    .skip_reason = skip_reason,
    .prepare = prepare,
    .step = step,
    .finish = arch::stop_hypervisor,
    .price = price,
});

REGISTER_WORKLOAD(nested_page_touch_again);

}  // namespace

}  // namespace exitscope::workloads
