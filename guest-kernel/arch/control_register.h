// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// CR0, CR2, CR3, CR4 and CR8, and the TLB.

//
// KVM intercepts reads of CR3 (shadow paging) and CR4 (SVM), and QEMU's TCG loses these intercepts from 9.1
// on (docs/emulators.md): the guest gets the CPU's value for its own. So what is not a workload of such reads
// knows the values: kernel_cr4, and kernel_root() of root_table.h.

#include <cstdint>

/// What boot/boot.S loads CR4 with; a workload puts it back.
extern "C" const std::uint64_t kernel_cr4;

namespace exitscope::arch {

/// Source: Intel SDM Vol. 3A, "Control Registers".
inline constexpr std::uint64_t cr0_task_switched = 1U << 3;
inline constexpr std::uint64_t cr0_write_protect = 1U << 16;
inline constexpr std::uint64_t cr0_alignment_mask = 1U << 18;
inline constexpr std::uint64_t cr4_virtual_8086_extensions = 1U << 0;
inline constexpr std::uint64_t cr4_global_pages = 1U << 7;
inline constexpr std::uint64_t cr4_osxsave = 1U << 18;

/// Exits: never on VMX; on SVM where the CPU holds another value than the guest's (shadow paging, WP clear).
inline std::uint64_t read_cr0() {
    std::uint64_t value = 0;
    asm volatile("mov %%cr0, %[value]" : [value] "=r"(value));
    return value;
}

/// Exits: VMX where a bit changes that KVM owns; SVM where one other than TS and MP changes.
inline void write_cr0(std::uint64_t value) {
    asm volatile("mov %[value], %%cr0" : : [value] "r"(value) : "memory");
}

/// Clears CR0.TS. Exits: never, the bit is the guest's.
inline void clts() {
    asm volatile("clts" : : : "memory");
}

/// Exits: never on VMX, always on SVM.
inline std::uint64_t read_cr4() {
    std::uint64_t value = 0;
    asm volatile("mov %%cr4, %[value]" : [value] "=r"(value));
    return value;
}

/// Exits: VMX where a bit changes that KVM owns; SVM always.
inline void write_cr4(std::uint64_t value) {
    asm volatile("mov %[value], %%cr4" : : [value] "r"(value) : "memory");
}

/// The task priority. Exits: never with a TPR shadow (VMX), never on SVM.
inline std::uint64_t read_cr8() {
    std::uint64_t value = 0;
    asm volatile("mov %%cr8, %[value]" : [value] "=r"(value));
    return value;
}

/// Exits: VMX where it uncovers a pending interrupt; SVM while one is pending that the priority covers.
inline void write_cr8(std::uint64_t value) {
    asm volatile("mov %[value], %%cr8" : : [value] "r"(value) : "memory");
}

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
