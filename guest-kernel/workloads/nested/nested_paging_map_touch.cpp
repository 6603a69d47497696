// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// A nested guest writes to a page that its hypervisor has not mapped: the hypervisor gets the nested fault,
// fills its table and enters the guest again. The page is fresh for the host, too.

#include "arch/nested/hypervisor_memory.h"
#include "workloads/support/nested.h"
#include "workloads/support/pages.h"

namespace exitscope::workloads {

namespace {

arch::PageRange pages;

std::uint64_t page_address(std::uint64_t index) {
    return arch::address_of(arch::identity_page(pages, index));
}

std::string_view skip_reason(const Subject& subject) {
    const auto reason = skip_without_nested_paging(subject);
    return reason.empty() ? skip_larger_nested(subject) : reason;
}

void step(std::uint64_t index) {
    do_nested(arch::nested_write, page_address(index));
    arch::map_nested_page(page_address(index));
    arch::enter_nested(page_address(index));
}

std::string_view prepare(std::uint64_t iterations) {
    if (const auto problem = take_fresh_pages(pages, iterations + 2); !problem.empty())
        return problem;
    if (const auto problem = prepare_nested({.own_paging = true}, arch::nested_call); !problem.empty())
        return problem;
    arch::split_nested_mapping(page_address(0));
    // So that KVM has the tables on the way to all of them, and has seen a write to the one that it made of
    // the hypervisor's.
    step(iterations);
    step(iterations + 1);
    return arch::missed_event();
}

constexpr Price price(const Subject& subject) {
    const auto hypercall = subject.reason(VmxExitReason::vmcall, SvmExitReason::vmmcall);
    Price price{.each = {nested_entry(subject, 2), nested_exit(hypercall), nested_fields_written(subject)}};
    price.each.add({translation_fault(subject), 2, "nested"});
    if (subject.isa == InstructionSet::svm)
        price.each.add({translation_fault(subject), 1, "hypervisor"});
    return price;
}

constexpr Workload nested_paging_map_touch = checked({
    .name = "nested_paging_map_touch",
    .summary = "first write of a nested guest to a page that its hypervisor maps only then, and a hypercall",
    .why = "KVM finds the page missing in the hypervisor's tables and hands the fault on, and fills its own "
           "at the second one; SVM: each VMRUN has KVM protect the hypervisor's table again, so that its "
           "write exits",
    .source = "Linux mmu/paging_tmpl.h, page_fault(); vmx/nested.c, nested_ept_inject_page_fault(); "
              "svm/nested.c, nested_svm_inject_npf_exit(), nested_svm_transition_tlb_flush(): "
              "KVM_REQ_MMU_SYNC; mmu/mmu.c, mmu_sync_children()",
    .group = Group::nested,
    .max_iterations = most_nested_pages,
    .skip_reason = skip_reason,
    .prepare = prepare,
    .step = step,
    .finish = arch::stop_hypervisor,
    .price = price,
});

REGISTER_WORKLOAD(nested_paging_map_touch);

}  // namespace

}  // namespace exitscope::workloads
