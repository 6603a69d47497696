// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "arch/exception_table.h"

// The bounds of the section that MAY_FAULT fills; in linker/guest.lds.
extern "C" const exitscope::arch::ResumePoint exception_table_begin[];
extern "C" const exitscope::arch::ResumePoint exception_table_end[];

namespace exitscope::arch {

std::uint64_t resume_address(std::uint64_t instruction) {
    for (const auto* point = exception_table_begin; point != exception_table_end; ++point) {
        if (point->instruction == instruction)
            return point->resume;
    }
    return 0;
}

}  // namespace exitscope::arch
