// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// A read of a page that is not present: the page fault is the guest's own, and its handler passes over the
// instruction.

#include "arch/page_touch.h"
#include "workloads/support/pages.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

arch::PageRange page;

std::string_view prepare(std::uint64_t) {
    return take_backed_pages(page, 1);
}

void step(std::uint64_t) {
    arch::try_to_read(arch::mapped_page(page, 0));
}

constexpr Price price(const Subject& subject) {
    return page_faults_of_shadow(subject, 1, "fault:guest");
}

constexpr Workload page_fault_missing = checked({
    .name = "page_fault_missing",
    .summary = "read a page that is not present",
    .why = "shadow: every page fault exits, and KVM hands this one to the guest; two-dimensional: it goes "
           "straight to the guest",
    .source = "Linux vmx/vmx.c, vmx_update_exception_bitmap(); svm/svm.c, init_vmcb(): PF_VECTOR",
    .group = Group::paging,
    .prepare = prepare,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(page_fault_missing);

}  // namespace

}  // namespace exitscope::workloads
