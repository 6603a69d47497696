// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The instructions of SVM, executed by a guest that never set EFER.SVME.
//
// Exits: on SVM each with a code of its own, because the EFER.SVME that the CPU sees is KVM's and always set;
// not where virtual GIF or virtual VMLOAD/VMSAVE lets the guest execute it. On VMX all are #UD.
// Errors: #UD from KVM or the CPU, which is passed over.
// Source: AMD APM vol. 2, "Instruction Intercepts", "Virtual GIF" and "VMSAVE and VMLOAD Virtualization".

#include <cstdint>

#include "arch/exception_table.h"

namespace exitscope::arch {

inline void vmrun(std::uint64_t control_block_address) {
    asm volatile(MAY_FAULT("vmrun %%rax") : : "a"(control_block_address) : "cc", "memory");
}

/// Where it does not exit it loads FS, GS, TR, LDTR and the registers of SYSCALL and SYSENTER.
inline void vmload(std::uint64_t control_block_address) {
    asm volatile(MAY_FAULT("vmload %%rax") : : "a"(control_block_address) : "memory");
}

/// Where it does not exit it writes to the page.
inline void vmsave(std::uint64_t control_block_address) {
    asm volatile(MAY_FAULT("vmsave %%rax") : : "a"(control_block_address) : "memory");
}

inline void stgi() {
    asm volatile(MAY_FAULT("stgi") : : : "memory");
}

inline void clgi() {
    asm volatile(MAY_FAULT("clgi") : : : "memory");
}

inline void skinit(std::uint32_t loader_address) {
    asm volatile(MAY_FAULT("skinit %%eax") : : "a"(loader_address) : "cc", "memory");
}

inline void invlpga(std::uint64_t linear_address, std::uint32_t address_space) {
    asm volatile(MAY_FAULT("invlpga %%rax, %%ecx") : : "a"(linear_address), "c"(address_space) : "memory");
}

}  // namespace exitscope::arch
