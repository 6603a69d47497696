// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The instructions of VMX and SMX, executed by a guest that never entered VMX operation.
//
// Exits: those of VMX always, each with a reason of its own, before anything else is checked; GETSEC and
// VMFUNC never on their own, they are #UD while CR4.SMXE and "enable VM functions" are off. On SVM all are
// #UD. Errors: #UD from KVM or the CPU, which is passed over. Source: Intel SDM Vol. 3C, "Instructions That
// Cause VM Exits Unconditionally"; Vol. 2, "SMX Instructions".

#include <cstdint>

#include "arch/exception_table.h"

namespace exitscope::arch {

/// The operand of INVEPT and INVVPID.
struct InvalidateDescriptor {
    std::uint64_t low = 0;
    std::uint64_t high = 0;
};

inline void vmclear(std::uint64_t& region_address) {
    asm volatile(MAY_FAULT("vmclear %[region]") : [region] "+m"(region_address) : : "cc", "memory");
}

inline void vmlaunch() {
    asm volatile(MAY_FAULT("vmlaunch") : : : "cc", "memory");
}

inline void vmptrld(std::uint64_t& region_address) {
    asm volatile(MAY_FAULT("vmptrld %[region]") : [region] "+m"(region_address) : : "cc", "memory");
}

inline void vmptrst(std::uint64_t& region_address) {
    asm volatile(MAY_FAULT("vmptrst %[region]") : [region] "+m"(region_address) : : "cc", "memory");
}

inline void vmread(std::uint64_t field) {
    std::uint64_t value = 0;
    asm volatile(MAY_FAULT("vmread %[field], %[value]")
                 : [value] "+r"(value)
                 : [field] "r"(field)
                 : "cc", "memory");
}

inline void vmresume() {
    asm volatile(MAY_FAULT("vmresume") : : : "cc", "memory");
}

inline void vmwrite(std::uint64_t field, std::uint64_t value) {
    asm volatile(MAY_FAULT("vmwrite %[value], %[field]")
                 :
                 : [value] "r"(value), [field] "r"(field)
                 : "cc", "memory");
}

inline void vmxoff() {
    asm volatile(MAY_FAULT("vmxoff") : : : "cc", "memory");
}

inline void vmxon(std::uint64_t& region_address) {
    asm volatile(MAY_FAULT("vmxon %[region]") : [region] "+m"(region_address) : : "cc", "memory");
}

inline void invept(std::uint64_t type, const InvalidateDescriptor& descriptor) {
    asm volatile(MAY_FAULT("invept %[descriptor], %[type]")
                 :
                 : [descriptor] "m"(descriptor), [type] "r"(type)
                 : "cc", "memory");
}

inline void invvpid(std::uint64_t type, const InvalidateDescriptor& descriptor) {
    asm volatile(MAY_FAULT("invvpid %[descriptor], %[type]")
                 :
                 : [descriptor] "m"(descriptor), [type] "r"(type)
                 : "cc", "memory");
}

inline void vmfunc(std::uint32_t function) {
    asm volatile(MAY_FAULT("vmfunc") : : "a"(function), "c"(0) : "cc", "memory");
}

inline void getsec(std::uint32_t leaf) {
    std::uint32_t ebx = 0;
    asm volatile(MAY_FAULT("getsec") : "+a"(leaf), "+b"(ebx) : : "cc", "memory");
}

}  // namespace exitscope::arch
