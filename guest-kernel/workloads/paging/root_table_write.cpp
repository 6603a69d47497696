// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// A write to a root that is not in force, then a load of that root and back.

#include "arch/root_table.h"
#include "workloads/support/pages.h"
#include "workloads/support/roots.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

Roots roots;

std::string_view prepare(std::uint64_t) {
    roots = load_two_roots();
    return {};
}

void step(std::uint64_t) {
    arch::rewrite_spare_root();
    arch::write_cr3(roots.copy);
    arch::write_cr3(roots.own);
}

// The write makes KVM drop the shadow of the root's only entry. The first fetch after the load of CR3 then
// finds nothing, and one fault links everything below, whose shadow both roots share.
constexpr Price price(const Subject& subject) {
    if (subject.paging == Paging::two_dimensional)
        return {};
    const auto fault = translation_fault(subject);
    return {.each = {{fault, 1, "gpa:root_table"},
                     {subject.reason(VmxExitReason::cr_access, SvmExitReason::cr3_write), 2, "cr:3"},
                     {fault, 1, "fault:shadow"}}};
}

constexpr Workload root_table_write = checked({
    .name = "root_table_write",
    .summary = "write another root's entry, MOV to CR3 of that root, and back",
    .why = "shadow: KVM emulates the write and drops what it shadowed of the entry, both loads exit, and the "
           "first access below the root fills it",
    .source = "Linux mmu/mmu.c, mmu_page_zap_pte(), fast_pgd_switch(); mmu/paging_tmpl.h, FNAME(fetch)",
    .group = Group::paging,
    .prepare = prepare,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(root_table_write);

}  // namespace

}  // namespace exitscope::workloads
