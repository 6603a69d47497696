// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The interrupt descriptor table, and the handlers of interrupts and exceptions.

#include <cstddef>
#include <cstdint>

namespace exitscope::arch {

/// What the CPU and the entry code push; the order is interrupt_entry.S's.
struct InterruptFrame {
    std::uint64_t r15, r14, r13, r12, r11, r10, r9, r8;
    std::uint64_t rbp, rdi, rsi, rdx, rcx, rbx, rax;
    std::uint64_t vector, error_code;
    std::uint64_t rip, cs, rflags, rsp, ss;
};

/// Handles an interrupt or exception; may change the address at which the interrupted code goes on.
using InterruptHandler = void (*)(InterruptFrame& frame);

/// Called for an exception that no handler and no MAY_FAULT expects; does not return.
using FaultHandler = void (*)(const InterruptFrame& frame);

/// The vectors that have an entry stub: the exceptions, and after them those for the APIC.
inline constexpr std::size_t vector_count = 0x41;

/// Source: Intel SDM Vol. 3A, "Protected-Mode Exceptions and Interrupts".
inline constexpr std::uint8_t nmi_vector = 2;
inline constexpr std::uint8_t breakpoint_vector = 3;
inline constexpr std::uint8_t page_fault_vector = 14;

/// Loads the table and masks the legacy interrupt controllers, so that only the APIC's interrupts are left.
///
/// Exits: I/O, two (the masks).
void start_interrupts(FaultHandler on_fault);

/// Loads the table on another processor; all share it, its handlers and their counts. Exits: none.
void load_interrupt_table();

/// Sets the function that is called for a vector; nullptr: none. Exits: none.
void set_interrupt_handler(std::uint8_t vector, InterruptHandler handler);

/// How often a vector came since the start, with the exceptions that MAY_FAULT passes over.
[[nodiscard]] std::uint64_t interrupts_taken(std::uint8_t vector);

/// Exits: never.
inline void software_interrupt_0x31() {
    asm volatile("int $0x31" : : : "memory");
}

/// "#PF" and so on; "reserved" for a vector the manual leaves open.
[[nodiscard]] const char* exception_name(std::uint64_t vector);

}  // namespace exitscope::arch
