// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// INVLPG of one mapped page: shadow paging must see it, two-dimensional paging need not.

#include "arch/control_register.h"
#include "workloads/support/pages.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

arch::PageRange page;

std::string_view prepare(std::uint64_t) {
    if (const auto problem = take_backed_pages(page, 1); !problem.empty())
        return problem;
    arch::map_page(page, 0);
    *arch::mapped_page(page, 0) = 1;
    return {};
}

// The page is not touched again, so dropping its shadow entry costs no page fault here.
void step(std::uint64_t) {
    arch::invlpg(arch::mapped_page(page, 0));
}

constexpr Price price(const Subject& subject) {
    if (subject.paging == Paging::two_dimensional)
        return {};
    return {.each = {{subject.reason(VmxExitReason::invlpg, SvmExitReason::invlpg)}}};
}

constexpr Workload invlpg = checked({
    .name = "invlpg",
    .summary = "INVLPG of one mapped page",
    .why = "under shadow paging KVM has to drop its shadow entry; EPT and NPT leave the TLB to the guest",
    .source = "Intel SDM Vol. 3C, INVLPG exiting; Linux svm/svm.c, init_vmcb(): INTERCEPT_INVLPG",
    .group = Group::paging,
    .prepare = prepare,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(invlpg);

}  // namespace

}  // namespace exitscope::workloads
