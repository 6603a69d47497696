// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Model-specific registers.

#include <cstdint>

#include "arch/exception_table.h"
#include "model/cpuid_result.h"

namespace exitscope::arch {

/// Source: Intel SDM Vol. 4; AMD APM vol. 2, appendix "MSR Cross-Reference".
enum class Msr : std::uint32_t {
    time_stamp_counter = 0x10,
    apic_base = 0x1b,
    feature_control = 0x3a,
    tsc_adjust = 0x3b,
    sysenter_cs = 0x174,
    vmx_basic = 0x480,  ///< This and the next ones exist with VMX.
    vmx_secondary_controls = 0x48b,
    vmx_true_pin_controls = 0x48d,
    vmx_true_processor_controls = 0x48e,
    vmx_true_exit_controls = 0x48f,
    vmx_true_entry_controls = 0x490,
    tsc_deadline = 0x6e0,
    x2apic_id = 0x802,
    x2apic_eoi = 0x80b,
    x2apic_spurious_vector = 0x80f,
    x2apic_interrupt_command = 0x830,
    x2apic_lvt_timer = 0x832,
    x2apic_lvt_lint0 = 0x835,
    x2apic_timer_initial_count = 0x838,
    x2apic_timer_divide = 0x83e,
    x2apic_self_ipi = 0x83f,
    nonexistent = 0x2000'0000,  ///< In neither half of an MSR bitmap, and no CPU has it.
    efer = 0xc000'0080,
    lstar = 0xc000'0082,
    fs_base = 0xc000'0100,
    kernel_gs_base = 0xc000'0102,
    host_save_area = 0xc001'0117,  ///< VM_HSAVE_PA; exists with SVM.
};

/// Exits: with reason RDMSR (SVM: MSR) unless KVM's MSR bitmap lets the guest read this one.
/// Errors: #GP for a register that the CPU does not have.
inline std::uint64_t rdmsr(Msr msr) {
    std::uint32_t low = 0;
    std::uint32_t high = 0;
    asm volatile("rdmsr" : "=a"(low), "=d"(high) : "c"(static_cast<std::uint32_t>(msr)));
    return model::join(high, low);
}

/// As `rdmsr`, but passes over a #GP and returns 0 then.
inline std::uint64_t rdmsr_or_fault(Msr msr) {
    std::uint32_t low = 0;
    std::uint32_t high = 0;
    asm volatile(MAY_FAULT("rdmsr") : "+a"(low), "+d"(high) : "c"(static_cast<std::uint32_t>(msr)));
    return model::join(high, low);
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

/// As `wrmsr`, but passes over a #GP.
inline void wrmsr_or_fault(Msr msr, std::uint64_t value) {
    asm volatile(MAY_FAULT("wrmsr")
                 :
                 : "c"(static_cast<std::uint32_t>(msr)), "a"(static_cast<std::uint32_t>(value)),
                   "d"(static_cast<std::uint32_t>(value >> 32))
                 : "memory");
}

}  // namespace exitscope::arch
