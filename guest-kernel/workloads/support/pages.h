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

/// Takes `count` pages that the host has never backed into `pages`; answers what is missing, empty if
/// nothing.
[[nodiscard]] inline std::string_view take_fresh_pages(arch::PageRange& pages, std::uint64_t count) {
    const auto taken = arch::take_pages(count);
    pages = taken.value_or(arch::PageRange{});
    return taken ? std::string_view{} : pool_is_used_up;
}

/// Takes `count` pages that the host has backed and that are not mapped; answers what is missing, empty if
/// nothing.
[[nodiscard]] inline std::string_view take_backed_pages(arch::PageRange& pages, std::uint64_t count) {
    const auto taken = arch::take_backed_pages(count);
    pages = taken.value_or(arch::PageRange{});
    return taken ? std::string_view{} : "more pages than are kept backed: fewer iterations would do";
}

/// For workloads that count the pages with which the host backs the guest.
[[nodiscard]] inline std::string_view skip_larger_backing(const Subject& subject) {
    return subject.backing == Backing::larger
               ? "the host backs guest memory with pages larger than 4 KiB (transparent huge pages?)"
               : "";
}

/// For those that count nested translations: KVM shadows a guest page of 4 KiB as such a page, whatever backs
/// it.
[[nodiscard]] inline std::string_view skip_larger_nested(const Subject& subject) {
    return subject.paging == Paging::shadow ? std::string_view{} : skip_larger_backing(subject);
}

/// A workload that takes a backed page for each step has no more of them.
inline constexpr std::uint64_t max_backed_iterations = arch::backed_pages / 2;

/// The reason of an access for which the host has no translation: nested, or in its shadow of the guest's.
[[nodiscard]] constexpr ReasonNumber translation_fault(const Subject& subject) {
    if (subject.paging == Paging::two_dimensional)
        return subject.reason(VmxExitReason::ept_violation, SvmExitReason::npf);
    return subject.reason(VmxExitReason::exception_nmi, SvmExitReason::excp_pf);
}

/// The reason of an access to a page that KVM has marked as MMIO: with an entry that EPT takes for
/// misconfigured, or with one that has a reserved bit set.
[[nodiscard]] constexpr ReasonNumber mmio_fault(const Subject& subject) {
    if (subject.paging == Paging::shadow)
        return translation_fault(subject);
    return subject.reason(VmxExitReason::ept_misconfig, SvmExitReason::npf);
}

/// So many page faults a step under shadow paging; none under two-dimensional paging.
[[nodiscard]] constexpr Price page_faults_of_shadow(const Subject& subject, std::uint32_t exits,
                                                    std::string_view what = {}) {
    if (subject.paging == Paging::two_dimensional)
        return {};
    return {.each = {{translation_fault(subject), exits, what}}};
}

}  // namespace exitscope::workloads
