// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The interrupt descriptor table, and what becomes of interrupts and exceptions.

#include <cstdint>

namespace exitscope::arch {

/// What the CPU and the entry code push; the order is interrupt_entry.S's.
struct InterruptFrame {
    std::uint64_t r15, r14, r13, r12, r11, r10, r9, r8;
    std::uint64_t rbp, rdi, rsi, rdx, rcx, rbx, rax;
    std::uint64_t vector, error_code;
    std::uint64_t rip, cs, rflags, rsp, ss;
};

/// Called for every exception; does not come back.
using FaultHandler = void (*)(const InterruptFrame& frame);

/// Loads the table and masks the legacy interrupt controllers, so that only the APIC's timer is left.
///
/// Exits: I/O, two (the masks). A timer interrupt is counted and ended with one EOI write.
void start_interrupts(FaultHandler on_fault);

/// Timer interrupts taken since the start.
[[nodiscard]] std::uint64_t timer_interrupts();

/// "#PF" and its like; "reserved" for a vector the manual leaves open.
[[nodiscard]] const char* exception_name(std::uint64_t vector);

}  // namespace exitscope::arch
