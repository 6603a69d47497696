// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// A nested guest whose hypervisor keeps its page tables, as one without nested paging does: it gets the page
// fault, maps the page and enters the guest again. The page is fresh for the host, too.

#include "arch/nested/hypervisor_memory.h"
#include "workloads/support/nested.h"
#include "workloads/support/pages.h"

namespace exitscope::workloads {

namespace {

arch::PageRange pages;

std::uint64_t page_address(std::uint64_t index) {
    return arch::address_of(arch::mapped_page(pages, index));
}

std::string_view skip_reason(const Subject& subject) {
    const auto reason = skip_without_nested(subject);
    return reason.empty() ? skip_larger_nested(subject) : reason;
}

void step(std::uint64_t index) {
    do_nested(arch::nested_write, page_address(index));
    arch::map_page(pages, index);
    arch::enter_nested(page_address(index));
}

std::string_view prepare(std::uint64_t iterations) {
    if (const auto problem = take_fresh_pages(pages, iterations + 1); !problem.empty())
        return problem;
    if (const auto problem = prepare_nested({.page_faults = true}, arch::nested_call); !problem.empty())
        return problem;
    step(iterations);  // so that KVM has the tables on the way to all of them
    return arch::missed_event();
}

constexpr Price price(const Subject& subject) {
    const auto page_fault = subject.reason(VmxExitReason::exception_nmi, SvmExitReason::excp_pf);
    const auto hypercall = subject.reason(VmxExitReason::vmcall, SvmExitReason::vmmcall);
    Price price{.each = {nested_entry(subject, 2), nested_exit(hypercall), nested_fields_written(subject)}};
    if (subject.paging == Paging::two_dimensional) {
        price.each.add(nested_exit(page_fault));
        price.each.add(nested_exit(translation_fault(subject)));
    } else {
        price.each.add({page_fault, 2, "nested"});
        price.each.add({page_fault, 1, "hypervisor"});
    }
    return price;
}

constexpr Workload nested_shadow_first_touch = checked({
    .name = "nested_shadow_first_touch",
    .summary = "first write of a nested guest to a page of which its hypervisor gets the page fault, and a "
               "hypercall",
    .why = "the page fault is the hypervisor's, the fault of the fresh page KVM's; shadow: KVM protects the "
           "page table against the hypervisor at each entry, so that its write exits, too",
    .source = "Linux mmu/mmu.c, kvm_handle_page_fault(), mmu_sync_children(); vmx/nested.c, "
              "nested_vmx_transition_tlb_flush(), nested_vmx_l1_wants_exit(); svm/nested.c, "
              "nested_svm_transition_tlb_flush()",
    .group = Group::nested,
    .max_iterations = most_nested_pages,
    .skip_reason = skip_reason,
    .prepare = prepare,
    .step = step,
    .finish = arch::stop_hypervisor,
    .price = price,
});

REGISTER_WORKLOAD(nested_shadow_first_touch);

}  // namespace

}  // namespace exitscope::workloads
