// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// INVLPG of one mapped page: shadow paging must see it, two-dimensional paging need not.

#include "arch/control_register.h"
#include "workloads/fresh_pages.h"
#include "workloads/workload.h"

namespace exitscope {

namespace {

arch::PageRange page;

// The page is not touched again, so dropping its shadow entry costs no page fault here.
// Source: Intel SDM Vol. 3C, "INVLPG exiting", which KVM drops with EPT; Linux 6.1,
// arch/x86/kvm/svm/svm.c, init_vmcb() clears INTERCEPT_INVLPG with NPT.
constexpr Expected expected(const Subject& subject, std::uint64_t iterations) {
    if (subject.paging == Paging::two_dimensional)
        return {};
    return {{subject.reason(VmxExitReason::invlpg, SvmExitReason::invlpg), iterations}};
}

std::string_view prepare(std::uint64_t) {
    if (const auto problem = take_fresh_pages(page, 1); !problem.empty())
        return problem;
    arch::map_page(page, 0);
    *arch::mapped_page(page, 0) = 1;
    return {};
}

void run(std::uint64_t iterations) {
    for (std::uint64_t i = 0; i < iterations; ++i)
        arch::invlpg(arch::mapped_page(page, 0));
}

constexpr Workload invlpg = checked({
    .name = "invlpg",
    .summary = "INVLPG of one mapped page",
    .group = Group::paging,
    .prepare = prepare,
    .run = run,
    .expected = expected,
});

REGISTER_WORKLOAD(invlpg);

}  // namespace

}  // namespace exitscope
