// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Guest-physical addresses without memory that the guest could write.

#include <cstdint>
#include <string_view>

#include "workloads/support/pages.h"

namespace exitscope::workloads {

/// An unassigned guest-physical address: no memory, and no device of QEMU's "pc".
inline constexpr std::uint64_t unassigned_address = 0xd000'0000;

/// Takes one page into `page`, maps it to this guest-physical address and reads it once, so that KVM has
/// found out what is there; returns what is missing, empty if nothing.
[[nodiscard]] inline std::string_view map_and_read(arch::PageRange& page,
                                                   std::uint64_t guest_physical_address) {
    if (const auto problem = take_backed_pages(page, 1); !problem.empty())
        return problem;
    arch::map_page_to(page, 0, guest_physical_address, arch::PageAccess::writable_used);
    static_cast<void>(*arch::mapped_page(page, 0));
    return {};
}

/// The reason of an access to a page that KVM has marked as MMIO: with an entry that EPT takes for
/// misconfigured, or with one that has a reserved bit set.
[[nodiscard]] constexpr ReasonNumber mmio_fault(const Subject& subject) {
    if (subject.paging == Paging::shadow)
        return translation_fault(subject);
    return subject.reason(VmxExitReason::ept_misconfig, SvmExitReason::npf);
}

}  // namespace exitscope::workloads
