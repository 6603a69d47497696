// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The page tables' root, and a second root with the same entries. Both are in boot/boot.S.

#include <cstddef>
#include <cstdint>

#include "arch/control_register.h"

extern "C" volatile std::uint64_t root_table[];
extern "C" volatile std::uint64_t spare_root_table[];

namespace exitscope::arch {

/// The value of CR3 that is in force but for some steps of workloads. Exits: never.
[[nodiscard]] inline std::uint64_t kernel_root() {
    return reinterpret_cast<std::uint64_t>(root_table);
}

/// Loads CR3 with the value that it has, which drops the TLB's entries. Exits: as `write_cr3`.
inline void reload_cr3() {
    write_cr3(kernel_root());
}

/// Makes the spare root equal to the one in use; returns its CR3. Exits: some, outside a window.
[[nodiscard]] inline std::uint64_t copy_root() {
    constexpr std::size_t entries = 512;
    for (std::size_t entry = 0; entry < entries; ++entry)
        spare_root_table[entry] = root_table[entry];
    return reinterpret_cast<std::uint64_t>(spare_root_table);
}

/// Writes the spare root's only entry in use with the value that it has.
///
/// Exits: none under two-dimensional paging. Under shadow paging one page fault where KVM shadows the spare
/// root.
inline void rewrite_spare_root() {
    spare_root_table[0] = root_table[0];
}

}  // namespace exitscope::arch
