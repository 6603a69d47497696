// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Accesses that the page tables may refuse.

#include <cstdint>

#include "arch/exception_table.h"

namespace exitscope::arch {

/// Reads one byte; goes on behind a page fault. Exits: as the page's translation needs.
inline void try_to_read(const volatile std::uint8_t* byte) {
    asm volatile(MAY_FAULT("movb (%[byte]), %%al") : : [byte] "r"(byte) : "al", "memory");
}

/// Writes one byte; goes on behind a page fault. Exits: as `try_to_read`.
inline void try_to_write(volatile std::uint8_t* byte) {
    asm volatile(MAY_FAULT("movb $1, (%[byte])") : : [byte] "r"(byte) : "memory");
}

}  // namespace exitscope::arch
