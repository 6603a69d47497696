// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// MOV to CR3 of another root and back, as an operating system does that runs two processes in turn.

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
    arch::write_cr3(roots.copy);
    arch::write_cr3(roots.own);
}

// Besides the root in force KVM keeps the shadows of the last three, so that nothing is filled anew.
constexpr Price price(const Subject& subject) {
    if (subject.paging == Paging::two_dimensional)
        return {};
    return {.each = {{subject.reason(VmxExitReason::cr_access, SvmExitReason::cr3_write), 2, "cr:3"}}};
}

constexpr Workload cr3_switch = checked({
    .name = "cr3_switch",
    .summary = "MOV to CR3 of another root, and back",
    .why = "shadow: each load exits, and the shadows of both roots are kept; two-dimensional: the guest "
           "loads its own root",
    .source = "Linux mmu/mmu.c, cached_root_find_and_keep_current()",
    .group = Group::control_register,
    .prepare = prepare,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(cr3_switch);

}  // namespace

}  // namespace exitscope::workloads
