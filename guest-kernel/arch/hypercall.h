// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Calls to the hypervisor. KVM overwrites the other instruction set's instruction in the guest's code. So
// each may only be executed under its own instruction set.

#include <cstdint>

namespace exitscope::arch {

/// Exits: always under VMX. Returns -1000 (KVM_ENOSYS) for a number that KVM does not know.
/// Source: Linux, Documentation/virt/kvm/x86/hypercalls.rst.
inline std::uint64_t vmcall(std::uint64_t number) {
    asm volatile("vmcall" : "+a"(number) : : "memory");
    return number;
}

/// Exits: always under SVM, where KVM intercepts it. Returns as `vmcall`.
inline std::uint64_t vmmcall(std::uint64_t number) {
    asm volatile("vmmcall" : "+a"(number) : : "memory");
    return number;
}

}  // namespace exitscope::arch
