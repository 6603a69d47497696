// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// A write to a page that the guest itself made read-only, CR0.WP set.

#include "arch/page_touch.h"
#include "workloads/support/pages.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

arch::PageRange page;

std::string_view prepare(std::uint64_t) {
    if (const auto problem = take_backed_pages(page, 1); !problem.empty())
        return problem;
    arch::map_page(page, 0, arch::PageAccess::read_only);
    arch::try_to_read(arch::mapped_page(page, 0));
    return {};
}

void step(std::uint64_t) {
    arch::try_to_write(arch::mapped_page(page, 0));
}

constexpr Price price(const Subject& subject) {
    return page_faults_of_shadow(subject, 1, "fault:guest");
}

constexpr Workload page_fault_protection = checked({
    .name = "page_fault_protection",
    .summary = "write a page that the guest made read-only",
    .why = "shadow: every page fault exits, and KVM hands this one to the guest; two-dimensional: it goes "
           "straight to the guest",
    .source = "Linux vmx/vmx.c, vmx_update_exception_bitmap(); svm/svm.c, init_vmcb(): PF_VECTOR",
    .group = Group::paging,
    .prepare = prepare,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(page_fault_protection);

}  // namespace

}  // namespace exitscope::workloads
