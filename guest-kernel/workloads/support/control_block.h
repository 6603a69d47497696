// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// A page for VMLOAD and VMSAVE, where the CPU executes them in place of KVM.

#include <cstdint>

#include "arch/page_pool.h"

namespace exitscope::workloads {

alignas(arch::page_size) inline std::uint8_t control_block_page[arch::page_size];

/// Its guest-physical address; the kernel is mapped to itself.
[[nodiscard]] inline std::uint64_t control_block() {
    return reinterpret_cast<std::uint64_t>(&control_block_page[0]);
}

}  // namespace exitscope::workloads
