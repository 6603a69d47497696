// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// How the machine ends.

#include <cstdint>

namespace exitscope::arch {

/// The I/O exits that `stop_machine` makes: it looks for the device, and writes to it.
inline constexpr std::uint64_t exits_to_stop = 2;

/// Whether the machine is to stay after the report, for those who look at it from outside
/// (docs/lab-files.md). Exits: one, I/O.
[[nodiscard]] bool is_to_stay();

/// Halts for ever, with interrupts off. Exits: one, HLT.
[[noreturn]] void halt_for_ever();

/// Ends QEMU through isa-debug-exit with status 2 * code + 1, with interrupts on, of which none is due any
/// more; returns where there is no such device.
///
/// Exits: I/O, two.
void stop_machine(std::uint8_t code);

/// Raises an exception that cannot be delivered. The exception that follows from that, and the double fault,
/// cannot be delivered either.
///
/// Exits: one triple fault (SVM: SHUTDOWN). INT3 begins it, which KVM does not intercept.
/// Source: Intel SDM Vol. 3A, "Interrupt 8 - Double Fault Exception (#DF)".
[[noreturn]] void triple_fault();

}  // namespace exitscope::arch
