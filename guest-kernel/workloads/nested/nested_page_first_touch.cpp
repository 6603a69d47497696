// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// A nested guest without nested paging of its own writes to pages that the host has never backed. KVM handles
// that alone.

#include "arch/nested/hypervisor_memory.h"
#include "workloads/support/nested.h"
#include "workloads/support/pages.h"

namespace exitscope::workloads {

namespace {

arch::PageRange pages;

std::string_view skip_reason(const Subject& subject) {
    const auto reason = skip_without_nested(subject);
    return reason.empty() ? skip_larger_nested(subject) : reason;
}

std::string_view prepare(std::uint64_t iterations) {
    if (const auto problem = map_fresh_pages(pages, iterations + 1); !problem.empty())
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

constexpr Workload nested_page_first_touch = checked({
    .name = "nested_page_first_touch",
    .summary = "first write of a nested guest without nested paging to a fresh page, and a hypercall",
    .why = "KVM translates for the nested guest as for its own guest, and maps the page without telling the "
           "hypervisor",
    .source = "Linux svm/nested.c, nested_svm_exit_special(): SVM_EXIT_NPF; vmx/nested.c, "
              "nested_vmx_l0_wants_exit(): EPT_VIOLATION; mmu/tdp_mmu.c, kvm_tdp_mmu_map(); "
              "mmu/paging_tmpl.h, page_fault()",
    .group = Group::nested,
    .max_iterations = most_nested_pages,
    .skip_reason = skip_reason,
    .prepare = prepare,
    .step = step,
    .finish = arch::stop_hypervisor,
    .price = price,
});

REGISTER_WORKLOAD(nested_page_first_touch);

}  // namespace

}  // namespace exitscope::workloads
