// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The debug registers.
//
// Exits: the first access after any other exit; KVM then leaves the registers to the guest until the next
// one. Source: Linux, arch/x86/kvm/vmx/vmx.c, handle_dr(); svm/svm.c, dr_interception().

#include <cstdint>

namespace exitscope::arch {

inline std::uint64_t read_dr7() {
    std::uint64_t value = 0;
    asm volatile("mov %%dr7, %[value]" : [value] "=r"(value));
    return value;
}

inline void write_dr7(std::uint64_t value) {
    asm volatile("mov %[value], %%dr7" : : [value] "r"(value) : "memory");
}

}  // namespace exitscope::arch
