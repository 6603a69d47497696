// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Instructions that may raise an exception, after which the code goes on with the next instruction.

#include <cstdint>

namespace exitscope::arch {

/// An instruction's address, and where to go on after an exception there. The order is MAY_FAULT's.
struct ResumePoint {
    std::uint64_t instruction;
    std::uint64_t resume;
};

/// Where to go on after an exception at `instruction`; 0 if MAY_FAULT does not mark it.
[[nodiscard]] std::uint64_t resume_address(std::uint64_t instruction);

}  // namespace exitscope::arch

/// For the text of an asm statement: this instruction alone may raise an exception, and is passed over then.
/// `interrupts_taken` (arch/interrupts.h) tells whether one came. linker/guest.lds collects the section.
#define MAY_FAULT(instruction)              \
    "661: " instruction                     \
    "\n"                                    \
    "662:\n"                                \
    ".pushsection exception_table, \"a\"\n" \
    ".quad 661b, 662b\n"                    \
    ".popsection\n"
