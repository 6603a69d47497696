// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Accesses that C++ cannot express: those that may raise a page fault, and those that have to be one certain
// instruction.

#include <cstdint>
#include <span>

#include "arch/exception_table.h"

namespace exitscope::arch {

/// Reads one byte; passes over a page fault. Exits: as the page's translation needs.
inline void try_to_read(const volatile std::uint8_t* byte) {
    asm volatile(MAY_FAULT("movb (%[byte]), %%al") : : [byte] "r"(byte) : "al", "memory");
}

/// Writes one byte; passes over a page fault. Exits: as `try_to_read`.
inline void try_to_write(volatile std::uint8_t* byte) {
    asm volatile(MAY_FAULT("movb $1, (%[byte])") : : [byte] "r"(byte) : "memory");
}

/// Writes eight bytes with one instruction; they may lie in two pages. Exits: as the translations of both
/// need.
inline void write_8_bytes(volatile std::uint8_t* bytes) {
    asm volatile("movq $1, (%[bytes])" : : [bytes] "r"(bytes) : "memory");
}

/// Copies with one REP MOVSD. Exits: as the translations of both sides need.
inline void read_string(std::span<std::uint32_t> to, const volatile std::uint8_t* from) {
    auto* destination = to.data();
    auto count = to.size();
    asm volatile("rep movsl" : "+D"(destination), "+S"(from), "+c"(count) : : "memory");
}

/// The code of a RET, for `call_code`.
inline constexpr std::uint8_t return_opcode = 0xc3;

/// Calls code that changes no register. Exits: as the translation of the code's page needs.
inline void call_code(const volatile std::uint8_t* code) {
    asm volatile("call *%[code]" : : [code] "r"(code) : "memory");
}

}  // namespace exitscope::arch
