// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// The first write to pages that the host has never backed, one after the other.

#include "workloads/fresh_pages.h"
#include "workloads/workload.h"

namespace exitscope {

namespace {

arch::PageRange pages;

// Two-dimensional: one EPT violation or nested page fault a page, and nothing else; the guest's own
// page tables are none of the host's business. KVM maps one page at a time there.
// Shadow: one page fault a page. KVM fills neighbours ahead of time only where the guest's entry has
// its accessed bit set, and these do not: Linux 6.1, arch/x86/kvm/mmu/paging_tmpl.h, prefetch_gpte.
constexpr Expected expected(const Subject& subject, std::uint64_t iterations) {
    if (subject.paging == Paging::two_dimensional)
        return {{subject.reason(VmxExitReason::ept_violation, SvmExitReason::npf), iterations}};
    return {{subject.reason(VmxExitReason::exception_nmi, SvmExitReason::excp_pf), iterations}};
}

std::string_view skip_reason(const Subject& subject) {
    const bool large = subject.paging == Paging::two_dimensional && subject.backing == Backing::larger;
    return large ? "the host backs guest memory with pages larger than 4 KiB (transparent huge pages?)" : "";
}

std::string_view prepare(std::uint64_t iterations) {
    if (const auto problem = take_fresh_pages(pages, iterations); !problem.empty())
        return problem;
    for (std::uint64_t i = 0; i < iterations; ++i)
        arch::map_page(pages, i);
    return {};
}

void run(std::uint64_t iterations) {
    for (std::uint64_t i = 0; i < iterations; ++i)
        *arch::mapped_page(pages, i) = 1;
}

constexpr Workload page_first_touch = checked({
    .name = "page_first_touch",
    .summary = "first write to a page that the host has never backed",
    .group = Group::paging,
    .skip_reason = skip_reason,
    .prepare = prepare,
    .run = run,
    .expected = expected,
});

REGISTER_WORKLOAD(page_first_touch);

}  // namespace

}  // namespace exitscope
