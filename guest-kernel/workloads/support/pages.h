// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Pages for a workload's `prepare`.

#include <string_view>

#include "arch/page_pool.h"
#include "workloads/names.h"

namespace exitscope::workloads {

inline constexpr std::string_view pool_is_used_up =
    "the page pool is used up: fewer iterations, or more memory for the VM (-m), would do";

/// Takes `count` pages that the host has never backed into `pages`; returns what is missing, empty if
/// nothing.
[[nodiscard]] inline std::string_view take_fresh_pages(arch::PageRange& pages, std::uint64_t count) {
    const auto taken = arch::take_pages(count);
    pages = taken.value_or(arch::PageRange{});
    return taken ? std::string_view{} : pool_is_used_up;
}

/// Takes `count` pages that the host has backed and that are not mapped; returns what is missing, empty if
/// nothing.
[[nodiscard]] inline std::string_view take_backed_pages(arch::PageRange& pages, std::uint64_t count) {
    const auto taken = arch::take_backed_pages(count);
    pages = taken.value_or(arch::PageRange{});
    if (!taken && count <= arch::backed_pages)
        return pool_is_used_up;
    return taken ? std::string_view{} : "more pages than are kept backed: fewer iterations would do";
}

/// Takes `count` pages that the host has never backed and maps them; returns as `take_fresh_pages`.
[[nodiscard]] inline std::string_view map_fresh_pages(arch::PageRange& pages, std::uint64_t count) {
    if (const auto problem = take_fresh_pages(pages, count); !problem.empty())
        return problem;
    for (std::uint64_t page = 0; page < count; ++page)
        arch::map_page(pages, page);
    return {};
}

/// Takes `count` pages that the host has backed and maps them; returns as `take_backed_pages`.
[[nodiscard]] inline std::string_view map_backed_pages(arch::PageRange& pages, std::uint64_t count,
                                                       arch::PageAccess access = arch::PageAccess::writable) {
    if (const auto problem = take_backed_pages(pages, count); !problem.empty())
        return problem;
    for (std::uint64_t page = 0; page < count; ++page)
        arch::map_page(pages, page, access);
    return {};
}

/// Takes `count` backed pages, maps the first one and writes to it, so that KVM has a translation of it;
/// returns as `take_backed_pages`.
[[nodiscard]] inline std::string_view touch_first_backed_page(arch::PageRange& pages,
                                                              std::uint64_t count = 1) {
    if (const auto problem = take_backed_pages(pages, count); !problem.empty())
        return problem;
    arch::map_page(pages, 0);
    *arch::mapped_page(pages, 0) = 1;
    return {};
}

/// The page tables, of 2 MiB each, that `count` pages need.
[[nodiscard]] constexpr std::uint64_t tables_of(std::uint64_t count) {
    return (count + arch::pages_per_table - 1) / arch::pages_per_table;
}

/// Maps the first `tables` times 2 MiB of the range by pages of 2 MiB.
inline void map_large_pages(const arch::PageRange& pages, std::uint64_t tables) {
    for (std::uint64_t table = 0; table < tables; ++table)
        arch::map_large_page(pages, table);
}

/// Puts the first `tables` page tables of the range back.
inline void link_page_tables(const arch::PageRange& pages, std::uint64_t tables) {
    for (std::uint64_t table = 0; table < tables; ++table)
        arch::link_page_table(pages, table);
}

/// How many neighbouring entries of a shadow page table KVM fills at once, ahead of time.
/// Source: Linux, arch/x86/kvm/mmu/mmu.c, PTE_PREFETCH_NUM.
inline constexpr std::uint64_t prefetch_block = 8;

/// For workloads that count the pages with which the host backs the guest.
[[nodiscard]] inline std::string_view skip_larger_backing(const Subject& subject) {
    return subject.backing == Backing::larger
               ? "the host backs guest memory with pages larger than 4 KiB (transparent huge pages?)"
               : "";
}

/// The same under two-dimensional paging only: KVM shadows a guest page of 4 KiB as one of 4 KiB, whatever
/// backs it.
[[nodiscard]] inline std::string_view skip_larger_nested(const Subject& subject) {
    return subject.paging == Paging::shadow ? std::string_view{} : skip_larger_backing(subject);
}

/// The most steps that can have a backed page each.
inline constexpr std::uint64_t max_backed_iterations = arch::backed_pages / 2;

/// The reason of an access for which KVM has no translation, nested or in its shadow page tables.
[[nodiscard]] constexpr ReasonNumber translation_fault(const Subject& subject) {
    if (subject.paging == Paging::two_dimensional)
        return subject.reason(VmxExitReason::ept_violation, SvmExitReason::npf);
    return subject.reason(VmxExitReason::exception_nmi, SvmExitReason::excp_pf);
}

/// `exits` page faults a step under shadow paging; none under two-dimensional paging.
[[nodiscard]] constexpr Price page_faults_of_shadow(const Subject& subject, std::uint32_t exits,
                                                    std::string_view what = {}) {
    if (subject.paging == Paging::two_dimensional)
        return {};
    return {.each = {{translation_fault(subject), exits, what}}};
}

}  // namespace exitscope::workloads
