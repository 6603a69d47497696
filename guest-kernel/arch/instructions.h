// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Single instructions that need no header of their own. MAY_FAULT passes over the exception where one may
// come.

#include <cstdint>

#include "arch/exception_table.h"
#include "model/cpuid_result.h"

namespace exitscope::arch {

/// Writes the caches back. Exits: always, KVM sets WBINVD exiting (SVM: the intercept).
inline void wbinvd() {
    asm volatile("wbinvd" : : : "memory");
}

/// Drops the caches. Exits: always, with reason INVD; KVM then does nothing, outside KVM it would lose data.
inline void invd() {
    asm volatile("invd" : : : "memory");
}

/// Raises #UD. Exits: always, because KVM intercepts #UD, and gives it back to the guest.
inline void ud2() {
    asm volatile(MAY_FAULT("ud2"));
}

/// Raises #UD outside SMM. Exits: VMX with the #UD, SVM with its own code.
inline void rsm() {
    asm volatile(MAY_FAULT("rsm") : : : "cc", "memory");
}

/// Raises #BP, which needs a handler: the code goes on after INT3. Exits: never, unless the host debugs the
/// guest.
inline void int3() {
    asm volatile("int3" : : : "memory");
}

/// Raises #DE. Exits: never.
inline void divide_by_zero() {
    std::uint32_t low = 1;
    std::uint32_t high = 0;
    asm volatile(MAY_FAULT("divl %[divisor]") : "+a"(low), "+d"(high) : [divisor] "r"(0) : "cc");
}

/// Raises #GP. Exits: never, unless KVM emulates the VMware backdoor.
inline void read_non_canonical() {
    std::uint64_t value = 0;
    asm volatile(MAY_FAULT("mov (%[address]), %[value]")
                 : [value] "=r"(value)
                 : [address] "r"(std::uint64_t{1} << 63));
}

/// Exits: only in a loop tighter and longer than KVM's ple_gap and ple_window allow.
inline void pause() {
    asm volatile("pause" : : : "memory");
}

/// The time-stamp counter together with TSC_AUX. Exits: never where the CPU has it.
inline void rdtscp() {
    asm volatile("rdtscp" : : : "rax", "rdx", "rcx", "memory");
}

/// Exits: never where the guest's CPUID has it.
inline void rdrand() {
    std::uint64_t value = 0;
    asm volatile("rdrand %[value]" : [value] "=r"(value) : : "cc");
}

/// Exits: never where the guest's CPUID has it.
inline void rdseed() {
    std::uint64_t value = 0;
    asm volatile("rdseed %[value]" : [value] "=r"(value) : : "cc");
}

/// A performance counter. Exits: always. Errors: #GP where the guest has no such counter.
inline void rdpmc(std::uint32_t counter) {
    asm volatile(MAY_FAULT("rdpmc") : "+c"(counter) : : "rax", "rdx");
}

/// Exits: always, unless user space lets the guest have MWAIT. Errors: #UD where KVM's quirk is off.
inline void monitor(const volatile void* linear_address) {
    asm volatile(MAY_FAULT("monitor") : : "a"(linear_address), "c"(0), "d"(0) : "memory");
}

/// Exits and errors: as `monitor`.
inline void mwait() {
    asm volatile(MAY_FAULT("mwait") : : "a"(0), "c"(0) : "memory");
}

/// An extended control register; needs CR4.OSXSAVE. Exits: never.
inline std::uint64_t xgetbv(std::uint32_t index) {
    std::uint32_t low = 0;
    std::uint32_t high = 0;
    asm volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(index));
    return model::join(high, low);
}

/// Needs CR4.OSXSAVE. Exits: always; VMX offers no control that turns it off.
inline void xsetbv(std::uint32_t index, std::uint64_t value) {
    asm volatile("xsetbv"
                 :
                 : "c"(index), "a"(static_cast<std::uint32_t>(value)),
                   "d"(static_cast<std::uint32_t>(value >> 32))
                 : "memory");
}

}  // namespace exitscope::arch
