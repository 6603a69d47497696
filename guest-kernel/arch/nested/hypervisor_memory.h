// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The memory that a hypervisor hands to the processor. The kernel is mapped to itself, so addresses are
// guest-physical ones.

#include <cstddef>
#include <cstdint>

#include "arch/page_pool.h"

namespace exitscope::arch {

struct HypervisorMemory {
    alignas(page_size) std::uint8_t control[page_size];  ///< The VMCB, or the VMCS.
    alignas(page_size) std::uint8_t host[page_size];     ///< The host save area, or the VMXON region.
    alignas(page_size) std::uint8_t msr_permissions[2 * page_size];   ///< A bit set: that access exits.
    alignas(page_size) std::uint8_t port_permissions[3 * page_size];  ///< The same for ports (SVM).
    alignas(page_size) std::uint8_t stack[page_size];                 ///< The nested guest's.
};

inline HypervisorMemory hypervisor_memory;

/// Three levels of tables, and one of 4 KiB pages, for the nested guest's physical addresses. KVM shadows
/// them, so they lie where nothing writes to them before a window (`touch_kernel_pages`): in boot/boot.S.
extern "C" std::uint64_t nested_tables[4][page_size / sizeof(std::uint64_t)];

/// The address that the processor is told.
[[nodiscard]] inline std::uint64_t address_of(const volatile void* object) {
    return reinterpret_cast<std::uint64_t>(object);
}

/// Maps the first GiB of the nested guest's physical addresses to itself; returns the root. `table` and
/// `page` are the bits of an entry that leads on, and of one that maps 2 MiB. Exits: none of its own.
[[nodiscard]] inline std::uint64_t fill_nested_tables(std::uint64_t table, std::uint64_t page) {
    constexpr std::uint64_t large_page = page_size * pages_per_table;
    nested_tables[0][0] = address_of(&nested_tables[1]) | table;
    nested_tables[1][0] = address_of(&nested_tables[2]) | table;
    for (std::uint64_t entry = 0; entry < pages_per_table; ++entry)
        nested_tables[2][entry] = entry * large_page | page;
    return address_of(&nested_tables[0]);
}

}  // namespace exitscope::arch
