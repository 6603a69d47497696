// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What the workloads with two page table roots share.

#include <cstdint>

#include "arch/root_table.h"

namespace exitscope::workloads {

/// Two values of CR3 that translate alike.
struct Roots {
    std::uint64_t own = 0;
    std::uint64_t copy = 0;
};

/// Makes the copy and loads both once, so that KVM has a shadow of each. Afterwards the own root is in force.
inline Roots load_two_roots() {
    const Roots roots{arch::kernel_root(), arch::copy_root()};
    arch::write_cr3(roots.copy);
    arch::write_cr3(roots.own);
    return roots;
}

}  // namespace exitscope::workloads
