// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// CR2 and CR3, and the TLB.

#include <cstdint>

namespace exitscope::arch {

/// The linear address of the last page fault. Exits: never.
inline std::uint64_t read_cr2() {
    std::uint64_t value = 0;
    asm volatile("mov %%cr2, %[value]" : [value] "=r"(value));
    return value;
}

/// Exits: under shadow paging only (VMX: CR3-store exiting; SVM: CR3 read intercept).
inline std::uint64_t read_cr3() {
    std::uint64_t value = 0;
    asm volatile("mov %%cr3, %[value]" : [value] "=r"(value));
    return value;
}

/// Exits: under shadow paging only (VMX: CR3-load exiting; SVM: CR3 write intercept).
inline void write_cr3(std::uint64_t value) {
    asm volatile("mov %[value], %%cr3" : : [value] "r"(value) : "memory");
}

/// Exits: under shadow paging only (VMX: INVLPG exiting; SVM: INVLPG intercept).
inline void invlpg(const volatile void* linear_address) {
    asm volatile("invlpg (%[address])" : : [address] "r"(linear_address) : "memory");
}

/// What INVPCID invalidates.
/// Source: Intel SDM Vol. 2, "INVPCID".
enum class InvpcidType : std::uint64_t { address = 0, context = 1, all_with_global = 2, all = 3 };

/// For PCID 0. Exits: under shadow paging only (VMX: INVPCID; SVM: INVPCID intercept).
/// Errors: #UD where CPUID does not offer it.
inline void invpcid(InvpcidType type, const volatile void* linear_address) {
    struct Descriptor {
        std::uint64_t pcid;
        const volatile void* linear_address;
    } const descriptor{0, linear_address};
    asm volatile("invpcid %[descriptor], %[type]"
                 :
                 : [descriptor] "m"(descriptor), [type] "r"(static_cast<std::uint64_t>(type))
                 : "memory");
}

}  // namespace exitscope::arch
