// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Model-specific registers.

#include <cstdint>

namespace exitscope::arch {

/// Source: Intel SDM Vol. 4; AMD APM vol. 2, appendix "MSR Cross-Reference".
enum class Msr : std::uint32_t {
    apic_base = 0x1b,
    x2apic_eoi = 0x80b,
    x2apic_spurious_vector = 0x80f,
    x2apic_lvt_timer = 0x832,
    x2apic_timer_initial_count = 0x838,
    x2apic_timer_divide = 0x83e,
    efer = 0xc000'0080,
    kernel_gs_base = 0xc000'0102,
};

/// Exits: with reason RDMSR (SVM: MSR) unless KVM's MSR bitmap lets the guest read this one.
/// Errors: #GP for a register that the CPU does not have.
inline std::uint64_t rdmsr(Msr msr) {
    std::uint32_t low = 0;
    std::uint32_t high = 0;
    asm volatile("rdmsr" : "=a"(low), "=d"(high) : "c"(static_cast<std::uint32_t>(msr)));
    return (std::uint64_t{high} << 32) | low;
}

/// Exits: with reason WRMSR (SVM: MSR) unless KVM's MSR bitmap lets the guest write this one.
/// Errors: #GP for a register or a value that the CPU does not have.
inline void wrmsr(Msr msr, std::uint64_t value) {
    asm volatile("wrmsr"
                 :
                 : "c"(static_cast<std::uint32_t>(msr)), "a"(static_cast<std::uint32_t>(value)),
                   "d"(static_cast<std::uint32_t>(value >> 32))
                 : "memory");
}

}  // namespace exitscope::arch
